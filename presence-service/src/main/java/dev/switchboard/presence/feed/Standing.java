package dev.switchboard.presence.feed;

import dev.switchboard.bus.ChangeId;
import dev.switchboard.presence.board.History;
import dev.switchboard.presence.board.Roll;

/**
 * How a realm stands.
 *
 * @param id its version: that of the last change that is in it
 */
public record Standing(ChangeId id, Roll roll, History history) {}

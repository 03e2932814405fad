package dev.switchboard.turn.envelope;

import dev.switchboard.turn.ice.IceServer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The answer of Cloudflare's {@code generate-ice-servers}. */
@RegisterForReflection
record CloudflareIceServers(List<IceServer> iceServers) {}

package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The directory of a single node. Its size is bounded by the connections the node accepts. */
@ApplicationScoped
class MemoryDirectory implements Directory {

  private static final Uni<Claim> GRANTED = Uni.createFrom().item(Claim.GRANTED);
  private static final Uni<Claim> TAKEN = Uni.createFrom().item(Claim.TAKEN);
  private static final Uni<Optional<Location>> NOBODY = Uni.createFrom().item(Optional.empty());

  private final ConcurrentMap<Address, Location> holders = new ConcurrentHashMap<>();

  @Override
  public Uni<Claim> claim(Address address, Location location) {
    Location holder = holders.putIfAbsent(address, location);
    return holder == null || holder.equals(location) ? GRANTED : TAKEN;
  }

  @Override
  public Uni<Void> release(Address address, SessionId session) {
    holders.computeIfPresent(
        address, (key, holder) -> holder.session().equals(session) ? null : holder);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Optional<Location>> find(Address address) {
    Location holder = holders.get(address);
    return holder == null ? NOBODY : Uni.createFrom().item(Optional.of(holder));
  }
}

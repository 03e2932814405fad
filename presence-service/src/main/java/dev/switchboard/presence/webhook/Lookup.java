package dev.switchboard.presence.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. It may block. */
@FunctionalInterface
interface Lookup {

  /** By the names that this machine knows, and DNS. */
  Lookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** One or more. */
  List<InetAddress> of(String host) throws UnknownHostException;
}

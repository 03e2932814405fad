package dev.switchboard.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a service whether it is ready. */
final class Probe implements AutoCloseable {

  private final HttpClient client;
  private final String scheme;

  private Probe(HttpClient client, String scheme) {
    this.client = client;
    this.scheme = scheme;
  }

  /** A probe over HTTP, or over HTTPS that trusts {@code certificate} alone. */
  static Probe trusting(Optional<Certificate> certificate) throws IOException {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1));
    if (certificate.isPresent()) {
      builder.sslContext(trust(certificate.get()));
    }
    return new Probe(builder.build(), certificate.isPresent() ? "https" : "http");
  }

  boolean isReady(int port) throws InterruptedException {
    URI health = URI.create(scheme + "://localhost:" + port + "/q/health/ready");
    try {
      return client
              .send(
                  HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      // Nobody listens there yet.
      return false;
    }
  }

  private static SSLContext trust(Certificate certificate) throws IOException {
    try (InputStream in = Files.newInputStream(certificate.keyStore())) {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(in, certificate.password().toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (String alias : Collections.list(own.aliases())) {
        trusted.setCertificateEntry(alias, own.getCertificate(alias));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate cannot be read: " + certificate.keyStore(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

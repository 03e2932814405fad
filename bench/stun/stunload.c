/*
 * stunload: asks a STUN server for its Binding response over UDP, a fixed number of requests at a
 * time, for a given time, and counts what comes back.
 *
 *   stunload <address> <port> <seconds> <sockets> <in flight on each> <1 if the server is an echo>
 *
 * A socket sends its next request when an answer comes (closed loop), so the server is always busy
 * and nothing overflows. An answer counts if its transaction id is that of a request that is still
 * open. A request that is open for a second is lost: it is counted and replaced.
 *
 * Prints one line: answers, lost, wrong, seconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_SOCKETS = 64, MAX_FLIGHT = 64, HEADER = 20 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int fds[MAX_SOCKETS];
static uint32_t serial[MAX_SOCKETS][MAX_FLIGHT];
static double sent_at[MAX_SOCKETS][MAX_FLIGHT];

static void ask(int s, int slot, double t) {
  uint8_t m[HEADER] = {0x00, 0x01, 0x00, 0x00, 0x21, 0x12, 0xA4, 0x42};
  uint32_t id = ++serial[s][slot];
  sent_at[s][slot] = t;
  m[8] = (uint8_t)s;
  m[9] = (uint8_t)slot;
  memcpy(m + 16, &id, 4);
  if (send(fds[s], m, sizeof m, 0) < 0 && errno != ECONNREFUSED) {
    perror("send");
    exit(1);
  }
}

int main(int argc, char **argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: stunload address port seconds sockets in-flight echo(0|1)\n");
    return 2;
  }
  int port = atoi(argv[2]), sockets = atoi(argv[4]), flight = atoi(argv[5]), echo = atoi(argv[6]);
  double seconds = atof(argv[3]);
  if (sockets < 1 || sockets > MAX_SOCKETS || flight < 1 || flight > MAX_FLIGHT) {
    fprintf(stderr, "stunload: 1 to %d sockets with 1 to %d in flight\n", MAX_SOCKETS, MAX_FLIGHT);
    return 2;
  }
  struct sockaddr_storage to = {0};
  socklen_t to_len;
  if (inet_pton(AF_INET, argv[1], &((struct sockaddr_in *)&to)->sin_addr) == 1) {
    to.ss_family = AF_INET;
    ((struct sockaddr_in *)&to)->sin_port = htons(port);
    to_len = sizeof(struct sockaddr_in);
  } else if (inet_pton(AF_INET6, argv[1], &((struct sockaddr_in6 *)&to)->sin6_addr) == 1) {
    to.ss_family = AF_INET6;
    ((struct sockaddr_in6 *)&to)->sin6_port = htons(port);
    to_len = sizeof(struct sockaddr_in6);
  } else {
    fprintf(stderr, "stunload: %s is no address\n", argv[1]);
    return 2;
  }
  struct pollfd polls[MAX_SOCKETS];
  for (int s = 0; s < sockets; s++) {
    fds[s] = socket(to.ss_family, SOCK_DGRAM, 0);
    if (fds[s] < 0 || connect(fds[s], (struct sockaddr *)&to, to_len) < 0) {
      perror("socket");
      return 1;
    }
    polls[s] = (struct pollfd){.fd = fds[s], .events = POLLIN};
  }
  double start = now(), end = start + seconds, t = start, swept = start;
  unsigned long answers = 0, lost = 0, wrong = 0;
  for (int s = 0; s < sockets; s++)
    for (int i = 0; i < flight; i++) ask(s, i, t);
  while ((t = now()) < end) {
    if (poll(polls, sockets, 100) < 0 && errno != EINTR) {
      perror("poll");
      return 1;
    }
    for (int s = 0; s < sockets; s++) {
      if (!(polls[s].revents & POLLIN)) continue;
      for (int n = 0; n < flight; n++) {
        uint8_t m[256];
        ssize_t length = recv(fds[s], m, sizeof m, MSG_DONTWAIT);
        if (length < 0) break;
        uint32_t id = 0;
        if (length >= HEADER) memcpy(&id, m + 16, 4);
        int slot = length >= HEADER ? m[9] : MAX_FLIGHT;
        int expected = echo ? m[0] == 0x00 && length == HEADER
                            : m[0] == 0x01 && m[1] == 0x01 && length >= 32;
        if (!expected || slot >= flight || m[8] != s || serial[s][slot] != id) {
          wrong++;
          continue;
        }
        answers++;
        ask(s, slot, t);
      }
    }
    if (t - swept > 0.1) {
      swept = t;
      for (int s = 0; s < sockets; s++)
        for (int i = 0; i < flight; i++)
          if (t - sent_at[s][i] > 1) {
            lost++;
            ask(s, i, t);
          }
    }
  }
  printf("%lu %lu %lu %.3f\n", answers, lost, wrong, now() - start);
  return 0;
}

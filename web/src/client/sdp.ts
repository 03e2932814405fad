/** The ICE user names of a description: one for each media line, often all the same. */
export function iceUsers(description: { sdp?: string } | null | undefined): Set<string> {
  const users = description?.sdp?.matchAll(/^a=ice-ufrag:(\S+)/gm) ?? [];
  return new Set([...users].map((match) => match[1] ?? ""));
}

/** Whose candidate this is; undefined where its sender does not say. */
export function iceUserOf(candidate: RTCIceCandidateInit): string | undefined {
  return candidate.usernameFragment ?? / ufrag (\S+)/.exec(candidate.candidate ?? "")?.[1];
}

export function hasCandidates(description: { sdp?: string } | null | undefined): boolean {
  return /^a=candidate:/m.test(description?.sdp ?? "");
}

package dev.switchboard.client;

/**
 * What a client has done so far.
 *
 * @param connections that it began to open
 * @param resumes that succeeded
 * @param sentAgain commands whose answer had not come, and that were sent another time
 * @param duplicates numbered frames that came another time, and were dropped
 * @param gaps times that numbered frames were missing
 */
public record Counts(long connections, long resumes, long sentAgain, long duplicates, long gaps) {}

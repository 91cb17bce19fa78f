// The one clock: the only file that reads the time.

/** Milliseconds since the epoch. */
export function now(): number {
  return Date.now();
}

/** Milliseconds from an arbitrary origin, for durations. */
export function ticks(): number {
  return performance.now();
}

/** Now, ISO 8601 in UTC. */
export function timestamp(): string {
  return new Date().toISOString();
}

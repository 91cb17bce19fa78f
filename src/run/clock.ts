// What a run needs of the world outside: the time, and which processes live. Passed in, so that a run itself reads neither.

export type Clock = {
  /** The time of day, ISO 8601, for the record's timing alone. */
  readonly timestamp: () => string;
  /** Milliseconds from an arbitrary origin, for durations. */
  readonly ticks: () => number;
};

export type Processes = {
  readonly pid: number;
  /** Whether a process of this machine with this id is alive. */
  readonly isRunning: (pid: number) => boolean;
};

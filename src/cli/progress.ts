// Progress on standard error: one line that renews itself on a terminal, a plain line now and then where output is piped.

import { ticks } from "./clock.ts";

const PLAIN_EVERY_MS = 10_000;
const RENEW_EVERY_MS = 100;

export interface Progress {
  /** Shows the state of things; `final` lines are always shown and stay. */
  show(line: string, options?: { readonly final?: boolean }): void;
  /** Leaves a clean line behind. */
  end(): void;
}

export function progressOn(stream: NodeJS.WriteStream): Progress {
  let last = Number.NEGATIVE_INFINITY;
  let open = false;
  return {
    show: (line, options = {}) => {
      const due = ticks() - last >= (stream.isTTY ? RENEW_EVERY_MS : PLAIN_EVERY_MS);
      if (!due && !options.final) return;
      last = ticks();
      if (!stream.isTTY) {
        stream.write(`${line}\n`);
        return;
      }
      stream.write(
        `\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}${options.final ? "\n" : ""}`,
      );
      open = !options.final;
    },
    end: () => {
      if (open) stream.write("\r\u001b[2K");
      open = false;
    },
  };
}

/** 75 -> "1 min 15 s"; whole seconds, rounded up. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

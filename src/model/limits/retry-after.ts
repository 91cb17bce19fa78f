// How long does the server ask to wait? Read from the headers `retry-after-ms` and `Retry-After`.

const WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
/** The one form of an HTTP date that senders may make (RFC 9110, section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT". */
const IMF_FIXDATE = new RegExp(
  `^${WEEKDAY}, (\\d{2}) (${MONTHS.join("|")}) (\\d{4}) (\\d{2}):(\\d{2}):(\\d{2}) GMT$`,
  "u",
);

/**
 * Milliseconds from `now` (ms since the epoch) on; absent where the server says nothing that can be read, or a time that is over.
 * `retry-after-ms` is the finer of the two and goes first. Header names in lower case.
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string | undefined>> | undefined,
  now: number,
): number | undefined {
  const ms = decimal(headers?.["retry-after-ms"]);
  const word = headers?.["retry-after"]?.trim() ?? "";
  const seconds = decimal(word);
  const date = seconds === undefined ? epochOf(word) : undefined;
  const wait =
    ms ?? (seconds === undefined ? undefined : seconds * 1000) ?? (date === undefined ? 0 : date - now);
  return wait > 0 ? Math.ceil(wait) : undefined;
}

/** RFC 9110 knows whole seconds only; servers send "1.5" all the same. */
function decimal(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{1,12}(?:\.\d{1,9})?$/u.test(word.trim()) ? Number(word) : undefined;
}

function epochOf(word: string): number | undefined {
  const parts = IMF_FIXDATE.exec(word);
  if (!parts) return undefined;
  const [, day, month, year, hours, minutes, seconds] = parts;
  const days = daysFromCivil(Number(year), MONTHS.indexOf(month as (typeof MONTHS)[number]) + 1, Number(day));
  return (((days * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Days since 1 January 1970 in the Gregorian calendar, the year taken to begin in March so that the leap day is its last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const m = (month + 9) % 12;
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    day -
    719_469
  );
}

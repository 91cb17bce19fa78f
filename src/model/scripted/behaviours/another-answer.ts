// The answer beside the right one: always the same wrong one for the same answers, in whatever order they stand.

import type { Page } from "../answer-book.ts";
import type { Act } from "../behaviour.ts";

export function anotherAnswer({ answers, right }: Extract<Page, { kind: "fact" }>): Act {
  const [wrong] = answers.filter((_, i) => i !== right).toSorted();
  return wrong === undefined
    ? { kind: "fail", because: "there is no other answer" }
    : { kind: "answer", place: answers.indexOf(wrong) };
}

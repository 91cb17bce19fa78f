// Does as it should: the right answer, surely said, and the right reply to a request.

import type { Behaviour } from "../behaviour.ts";

export const keeps: Behaviour = ({ page }) => {
  if (page === undefined) return { kind: "fail", because: "the book has no page for this ask" };
  return page.kind === "fact" ? { kind: "answer", place: page.right } : { kind: "reply", text: page.reply };
};

// What a run record is made into: the page and the model card.

export { renderCard } from "./card.ts";
export { renderPage } from "./page.ts";

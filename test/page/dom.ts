// The little of a browser's document that these tests use. The project compiles without the library of the web, so that no code
// outside of a page can take itself to be in one; a file that is read inside a page declares what it sees by these types.

export type PageElement = {
  readonly tagName: string;
  readonly id: string;
  readonly namespaceURI: string;
  readonly textContent: string;
  readonly outerHTML: string;
  readonly parentElement: PageElement | null;
  open: boolean;
  getAttribute(name: string): string | null;
  getAttributeNames(): string[];
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  cloneNode(deep: boolean): PageElement;
  remove(): void;
  getBoundingClientRect(): { readonly top: number; readonly right: number };
  getClientRects(): { readonly length: number };
};

export type PageText = { readonly textContent: string; readonly parentElement: PageElement | null };

export type PageDocument = {
  readonly body: PageElement;
  readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getElementById(id: string): PageElement | null;
  /** `what` is 4 for texts. */
  createTreeWalker(root: PageElement, what: 4): { nextNode(): PageText | null };
};

export type StyleOf = (element: PageElement) => {
  readonly backgroundColor: string;
  readonly color: string;
  readonly display: string;
  readonly fill: string;
  readonly fontSize: string;
  readonly fontWeight: string;
};

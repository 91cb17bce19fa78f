// A grader as a module: its default export is called with each sample and gives a number, here that of the words.

type Sample = { readonly prompt: string; readonly response: string };

// oxlint-disable-next-line import/no-default-export -- a grader is found by its default export
export default ({ response }: Sample): number => response.split(/\s+/u).filter((word) => word !== "").length;

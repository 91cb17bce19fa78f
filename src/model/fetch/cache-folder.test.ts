// Where the cache lies, for each way of saying so.

import { test } from "node:test";
import assert from "node:assert/strict";
import { modelFolder } from "./cache-folder.ts";

test("the cache lies where the environment says, and below the home folder where it says nothing", () => {
  const home = "/home/someone";
  assert.equal(modelFolder({}, home), "/home/someone/.cache/trueline/models");
  assert.equal(modelFolder({ XDG_CACHE_HOME: "/var/c" }, home), "/var/c/trueline/models");
  assert.equal(modelFolder({ XDG_CACHE_HOME: "/var/c", TRUELINE_CACHE: "/mine" }, home), "/mine/models");
  assert.equal(
    modelFolder({ XDG_CACHE_HOME: "", TRUELINE_CACHE: "" }, home),
    "/home/someone/.cache/trueline/models",
  );
  assert.equal(modelFolder({ XDG_CACHE_HOME: "relative" }, home), "/home/someone/.cache/trueline/models");
});

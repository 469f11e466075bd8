// The model of summit.squiggle with a number of samples: node squiggle.mjs FILE SAMPLES
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

// Runs a Squiggle file: node squiggle.mjs PACKAGE FILE SAMPLES, where PACKAGE is the folder of an installed
// @quri/squiggle-lang. Prints means and standard errors as JSON.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, file, samples] = process.argv.slice(2);
const { run } = await import(pathToFileURL(resolve(folder, "dist/index.js")));
const environment = { sampleCount: Number(samples), xyPointLength: 1000, seed: "1" };
const output = await run(readFileSync(file, "utf8"), { environment });
if (!output.result.ok) throw new Error(output.result.value.toString());
const [mean, sd] = output.result.value.result.asJS();
console.log(JSON.stringify({ mean, std_error: sd.map((one) => one / Math.sqrt(environment.sampleCount)) }));

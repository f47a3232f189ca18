import * as pulumi from "@pulumi/pulumi";

import { deploy, prepareProgram } from "./program";

/** The Pulumi program: the stack's configuration says which system; its folder says the rest. */
const config = new pulumi.Config("portcullis");
const prepared = prepareProgram({
    system: config.require("system"),
    root: pulumi.runtime.getRootDirectory(),
    target: config.get("target") ?? "docker",
    environment: config.get("environment"),
    deploying: !pulumi.runtime.isDryRun(),
    variables: process.env,
});
const application = deploy(prepared);

export const containers = application.containers;
export const opened = prepared.application.changes.filter(({ kind }) => kind === "opened").map(({ service, what, reason }) => `${service ?? ""}: ${what} (${reason ?? ""})`);

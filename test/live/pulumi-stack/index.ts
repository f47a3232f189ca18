import * as pulumi from "@pulumi/pulumi";

import { deployDocker } from "../../../infra/docker/application";
import { liveShop } from "./shop";

const config = new pulumi.Config("shop");

/** The shop of the live tests; its configuration changes one thing at a time. */
export const { containers } = deployDocker(liveShop({
    image: config.require("image"),
    webMemoryMiB: config.getNumber("webMemoryMiB") ?? 32,
    webCpus: config.getNumber("webCpus") ?? 0.25,
    webPids: config.getNumber("webPids") ?? 24,
    greeting: config.get("greeting") ?? "hello",
}));

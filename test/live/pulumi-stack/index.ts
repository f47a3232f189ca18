import * as pulumi from "@pulumi/pulumi";

import { deployDocker } from "../../../infra/docker/application";
import { liveShop } from "./shop";

const config = new pulumi.Config("shop");

/** The shop of the live tests as a Pulumi program; its configuration changes one thing at a time. */
export const { containers } = deployDocker(liveShop({
    image: config.require("image"),
    webMemoryMiB: config.requireNumber("webMemoryMiB"),
    webCpus: config.requireNumber("webCpus"),
    webPids: config.requireNumber("webPids"),
    greeting: config.require("greeting"),
    port: config.requireNumber("port"),
    privileged: config.requireBoolean("privileged"),
}));

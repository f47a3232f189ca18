import { Unreachable, type Audited } from "../audit/audited";
import { EXIT_USAGE, JUDGING_OPTIONS, JUDGING_USAGE, judgingOf, publish, statusOf, withoutKnown } from "../judging";
import { EXIT, printError } from "../output";
import { UsageError, oneOf, parseWords } from "../usage";
import type { JudgeOptions } from "../../policies/judge";
import type { Report } from "../../policies/report/report";

const USAGE = [
    "usage: portcullis audit docker [--host ADDRESS] [OPTION…]",
    "       portcullis audit kubernetes [--kubeconfig FILE] [--namespace NAME | --system] [OPTION…]",
    "",
    "Judges what runs by the rules that judge files: an engine with its containers, networks, volumes and Swarm services, or the",
    "objects of a cluster. It only reads.",
    "  --host        where the engine listens (DOCKER_HOST, else this machine's own); its files are judged where it is this machine's",
    "  --kubeconfig  how the cluster is reached (KUBECONFIG, else ~/.kube/config, else a pod's own account)",
    "  --namespace   only what is in this namespace; --system also what is in the cluster's own",
    ...JUDGING_USAGE,
    "",
    EXIT_USAGE,
].join("\n");

const OPTIONS = {
    ...JUDGING_OPTIONS,
    host: { type: "string" },
    kubeconfig: { type: "string" },
    namespace: { type: "string", short: "n" },
    system: { type: "boolean", default: false },
} as const;

const TARGETS = ["docker", "kubernetes"] as const;

interface Target {
    readonly host?: string;
    readonly kubeconfig?: string;
    readonly namespace?: string;
    readonly system: boolean;
}

/** `portcullis audit`. Returns the exit status. */
export async function runAudit(argv: string[]): Promise<number> {
    const { values, positionals } = parseWords({ args: argv, options: OPTIONS, allowPositionals: true }, USAGE);
    if (values.help) {
        process.stdout.write(`${USAGE}\n`);
        return EXIT.clean;
    }
    const [word, ...more] = positionals;
    if (word === undefined || more.length > 0) {
        throw new UsageError(`portcullis: audit needs one of ${TARGETS.join(", ")}\n${USAGE}`);
    }
    const target = oneOf("audit", word, TARGETS);
    const foreign = target === "docker" ? values.kubeconfig ?? values.namespace ?? (values.system ? "" : undefined) : values.host;
    if (foreign !== undefined) {
        throw new UsageError(`portcullis: ${target === "docker" ? "--kubeconfig, --namespace and --system go" : "--host goes"} with audit ${target === "docker" ? "kubernetes" : "docker"}\n${USAGE}`);
    }
    const judging = judgingOf(values);
    let audited: Audited;
    try {
        audited = await audit(target, values, judging.options);
    } catch (error) {
        if (error instanceof Unreachable) {
            printError(`portcullis: ${error.message}`);
            return EXIT.unfinished;
        }
        throw error;
    }
    audited.notes.forEach(note => { printError(note); });
    const report = withoutKnown(judging, settled(audited.report));
    return publish(report, judging) ? EXIT.clean : statusOf(report, judging);
}

/** The client of the one is not read for the other: that takes longer than the audit. */
async function audit(target: typeof TARGETS[number], { host, kubeconfig, namespace, system }: Target, options: JudgeOptions): Promise<Audited> {
    return target === "docker"
        ? await (await import("../audit/docker/audit")).auditDocker(host, options)
        : await (await import("../audit/kubernetes/audit")).auditKubernetes({ kubeconfig, namespace, system }, options);
}

/** What runs has no update that would tell later: what is not known of it could not be judged. */
function settled(report: Report): Report {
    const messages = [...new Map(report.unknown.map(one => [`${one.path}\n${one.message}`, one])).values()];
    return { ...report, unknown: [], errors: [...report.errors, ...messages.map(({ path, message }) => ({ path, line: 0, message: `${message}, so that it cannot be judged` }))] };
}

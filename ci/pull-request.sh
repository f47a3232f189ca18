#!/usr/bin/env bash
# What a reviewer of a pull request must know of a stack: the preview of its program, with the policy pack, and the verdict.
# usage: ci/pull-request.sh STACK [FOLDER]
# Writes to FOLDER (portcullis-report): report.md for a comment, report.sarif for a code host, preview.log, preview.json.
# Exit status: 0 clean, 1 findings or a failed preview, 3 something could not be judged.
set -uo pipefail
cd "$(dirname "$0")/.."

stack="${1:?usage: ci/pull-request.sh STACK [FOLDER]}"
folder="${2:-portcullis-report}"
portcullis() { node cli/bin.cjs "$@"; }
mkdir -p "$folder"
rm -f "$folder"/report.md "$folder"/report.sarif "$folder"/preview.json "$folder"/preview.log "$folder"/policy-config.json

# Without engine or account: what hardening.yaml answers for goes to the pack as exemptions.
portcullis preview --stack "$stack" --write-policy-config "$folder/policy-config.json" > "$folder/preview.log" 2>&1
status=$?
if [ "$status" -le 1 ]; then
    pulumi preview --stack "$stack" --non-interactive --json --policy-pack policies \
        --policy-pack-config "$folder/policy-config.json" > "$folder/preview.json" 2>> "$folder/preview.log" || status=1
fi

# What is known only at the update is judged by the pack there: here it is named.
if [ "$status" -le 1 ] && [ -s "$folder/preview.json" ]; then
    portcullis check "$folder/preview.json" --config "$folder/policy-config.json" --update-follows --format sarif --output "$folder/report.sarif" 2>> "$folder/preview.log"
    portcullis check "$folder/preview.json" --config "$folder/policy-config.json" --update-follows --format markdown --output "$folder/report.md"
    judged=$?
    [ "$judged" -gt "$status" ] && status=$judged
fi
if [ "$status" -ne 0 ] || [ ! -s "$folder/report.md" ]; then
    [ "$status" -eq 0 ] && status=3
    {
        printf '\n### Preview of %s ended with %s\n\n<pre>\n' "$stack" "$status"
        tail -n 60 "$folder/preview.log" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/@/\&#64;/g'
        printf '</pre>\n'
    } >> "$folder/report.md"
fi
exit "$status"

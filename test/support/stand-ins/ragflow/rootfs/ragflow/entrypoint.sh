#!/bin/bash
# Needs what the original needs of its surroundings: the settings filled from the environment, the four stores with their
# passwords, and a place for logs.
. /usr/local/lib/stand-in.sh
cd /ragflow || exit 1
if [ -f conf/service_conf.yaml.template ]; then
    : > conf/service_conf.yaml || exit 1
    while IFS= read -r line || [ -n "$line" ]; do
        eval "echo \"$line\"" >> conf/service_conf.yaml
    done < conf/service_conf.yaml.template
fi
echo started >> logs/ragflow_server.log || exit 1

wait_for() {
    for _ in $(seq 60); do
        "$@" > /dev/null 2>&1 && return
        sleep 0.5
    done
    echo "gave up: $1" >&2
    exit 1
}
mysql_answers() { [ "$(echo "PASSWORD $MYSQL_PASSWORD" | nc -w 3 "${MYSQL_HOST:-mysql}" 3306)" = OK ]; }
redis_answers() { printf 'AUTH %s\r\nPING\r\nQUIT\r\n' "$REDIS_PASSWORD" | nc -w 3 "${REDIS_HOST:-redis}" 6379 | grep -q PONG; }
minio_answers() { [ -n "$MINIO_PASSWORD" ] && curl -sf "http://${MINIO_HOST:-minio}:9000/minio/health/live"; }
search_answers() { curl -sf -u "elastic:$ELASTIC_PASSWORD" "http://${ES_HOST:-es01}:9200"; }
wait_for mysql_answers
wait_for redis_answers
wait_for minio_answers
[ "${DOC_ENGINE:-elasticsearch}" = elasticsearch ] && wait_for search_answers
for port in 80 9380 9381; do
    serve "$port" /ragflow/web
done
echo "all stores answer; listening on 80, 9380 and 9381"
wait

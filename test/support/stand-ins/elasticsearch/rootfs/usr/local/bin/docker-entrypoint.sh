#!/bin/bash
. /usr/local/lib/stand-in.sh
if [ "$1" != eswrapper ]; then
    exec "$@"
fi
[ "$(id -u)" = 0 ] && as_user elasticsearch "$0" "$@"
# The original takes a password file only with these modes, and gives up otherwise.
if [ -n "$ELASTIC_PASSWORD_FILE" ]; then
    mode=$(stat -L -c %a "$ELASTIC_PASSWORD_FILE") || exit 1
    case "$mode" in
        400 | 600) ;;
        *) echo "ERROR: File $ELASTIC_PASSWORD_FILE from ELASTIC_PASSWORD_FILE must have file permissions 400 or 600, but actually has: $mode" >&2; exit 1 ;;
    esac
fi
need ELASTIC_PASSWORD
export ELASTIC_PASSWORD
cd /usr/share/elasticsearch || exit 1
# It keeps the password's hash in its configuration, needs a scratch directory, and logs to a file as well.
echo "$ELASTIC_PASSWORD" | sha256sum > config/elasticsearch.keystore || exit 1
mktemp -d > /dev/null || exit 1
echo started >> logs/docker-cluster.log || exit 1
keep data "started by $(id -u)"
nc -ll -p 9300 -e /bin/true &
nc -ll -p 9200 -e /usr/local/bin/es-connection &
echo "started: publish_address {:9200}"
wait

#!/bin/sh
. /usr/local/lib/stand-in.sh
if [ "$1" = minio ] || [ "$1" = silo ]; then
    shift
fi
if [ "$1" != server ]; then
    exec "$@"
fi
need MINIO_ROOT_USER
need MINIO_ROOT_PASSWORD
for last; do :; done
keep "$last" "started by $(id -u)"
serve 9000 /srv/api
serve 9001 /srv/console
echo "API on 9000, console on 9001"
wait

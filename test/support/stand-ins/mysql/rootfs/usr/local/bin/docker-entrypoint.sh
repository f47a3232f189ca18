#!/bin/sh
. /usr/local/lib/stand-in.sh
case "$1" in -*) set -- mysqld "$@" ;; esac
if [ "$1" != mysqld ]; then
    exec "$@"
fi
if [ "$(id -u)" = 0 ]; then
    chown mysql /var/lib/mysql /var/run/mysqld
    as_user mysql "$0" "$@"
fi
need MYSQL_ROOT_PASSWORD
export MYSQL_ROOT_PASSWORD
case "$*" in
    *--init-file*) init=$(echo "$*" | sed 's/.*--init-file[ =]*\([^ ]*\).*/\1/'); cat "$init" > /dev/null || exit 1 ;;
esac
exec mysqld

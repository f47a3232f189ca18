#!/bin/sh
. /usr/local/lib/stand-in.sh
case "$1" in -* | *.conf) set -- valkey-server "$@" ;; esac
case "$1" in
    valkey-server | redis-server)
        shift
        # The Debian program tells its parts apart by the name it is called with; the original has no protected mode.
        set -- redis-server "$@" --protected-mode no
        if [ "$(id -u)" = 0 ]; then
            chown -R valkey .
            as_user valkey "$@"
        fi
        ;;
esac
exec "$@"

# Sourced by the entrypoints: what the originals' entrypoints have in common.

# need NAME: sets NAME from the file that NAME_FILE names, or leaves it; ends the container when it has neither or both.
need() {
    eval "value=\${$1:-}; file=\${$1_FILE:-}"
    if [ -n "$value" ] && [ -n "$file" ]; then
        echo "both $1 and $1_FILE are set (but are exclusive)" >&2
        exit 1
    fi
    if [ -n "$file" ]; then
        value=$(cat "$file") || exit 1
    fi
    if [ -z "$value" ]; then
        echo "$1 is not set" >&2
        exit 1
    fi
    eval "$1=\$value"
    unset value "$1_FILE"
}

# keep DIRECTORY TEXT: writes into the data directory; ends the container when it cannot.
keep() {
    echo "$2" >> "$1/stand-in" || exit 1
}

# serve PORT DIRECTORY: static files over HTTP, in the background.
serve() {
    httpd -f -p "$1" -h "$2" &
}

# as_user NAME COMMAND…: becomes NAME where the container was started as root, like the originals.
as_user() {
    name=$1
    shift
    if [ "$(id -u)" = 0 ]; then
        exec su -s /bin/sh "$name" -c 'exec "$@"' -- sh "$@"
    fi
    exec "$@"
}

trap 'exit 0' TERM INT

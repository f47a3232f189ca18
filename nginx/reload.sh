#!/bin/sh
# Takes over a changed configuration or certificate without dropping a request: only what nginx accepts is taken, new
# workers answer from then on, old ones finish what they began. For use in the container, e.g.
#   docker exec <edge> sh /etc/nginx/reload.sh
# `docker kill --signal HUP <edge>` does the same; what nginx does not accept is then only said in the log.
set -eu
nginx -t -q -e stderr -c /etc/nginx/nginx.conf
kill -s HUP "$(cat /tmp/nginx.pid)"

const YES = /^(?:1|true|t|yes|y|on)$/i;

/** Variables that switch a framework to debugging, each by the framework's own documentation. */
export const DEBUGGING: readonly { readonly name: RegExp; readonly value: RegExp }[] = [
    { name: /^(?:FLASK|DJANGO|APP|RAILS|SYMFONY|QUART|FASTAPI|STARLETTE|WP|GUNICORN|UVICORN)_DEBUG$/, value: YES },
    { name: /^(?:DEBUG|WERKZEUG_DEBUG)$/, value: YES },
    { name: /^(?:FLASK_ENV|NODE_ENV|RAILS_ENV|RACK_ENV|ASPNETCORE_ENVIRONMENT|DOTNET_ENVIRONMENT)$/, value: /^development$/i },
    { name: /^APP_ENV$/, value: /^(?:dev|development)$/i },
    { name: /^WERKZEUG_DEBUG_PIN$/, value: /^off$/i },
    { name: /^NODE_OPTIONS$/, value: /--inspect(?:-brk)?(?:[=\s]|$)/ },
    { name: /^(?:JAVA_TOOL_OPTIONS|JAVA_OPTS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/, value: /-(?:agentlib:jdwp|Xrunjdwp|Xdebug)/ },
];

/** Options of a command that do the same. */
export const SWITCHES = /(?:^|\s)--inspect(?:-brk)?(?:=\S*)?(?=\s|$)|-agentlib:jdwp\S*|-Xrunjdwp\S*|flask\s(?:\S+\s)*--debug(?=\s|$)|manage\.py\s+runserver(?:_plus)?/;

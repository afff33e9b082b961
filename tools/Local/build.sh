# Sourced by the commands in the root: builds what runs them, unless nothing in it has changed.
local_program=tools/Local/bin/Release/net10.0/Notifications.Local.dll

if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK is missing ('dotnet' is not on the PATH); install .NET 10: https://dotnet.microsoft.com/download" >&2
    exit 1
fi

if [[ ! -f $local_program ]] || [[ -n $(find tools/Local Directory.*.props global.json .editorconfig -newer "$local_program" -type f \
    -not -path '*/bin/*' -not -path '*/obj/*' -print -quit) ]]; then
    mkdir -p .local/logs
    first=$([[ -f $local_program ]] || echo -p:RunAnalyzers=false)
    # Into a file: the build servers that stay behind would keep a pipe open.
    if ! dotnet build tools/Local -c Release -v q -nologo ${first:+"$first"} >.local/logs/build-local.log 2>&1; then
        echo "tools/Local does not build:" >&2
        grep -E 'error' .local/logs/build-local.log | sort -u | head -20 >&2 || cat .local/logs/build-local.log >&2
        exit 1
    fi
    touch "$local_program"
fi

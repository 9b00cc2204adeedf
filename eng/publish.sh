#!/bin/sh
# Publishes `lem` for people who have no SDK: one self-contained file with llama.cpp's libraries beside it.
#
#   eng/publish.sh [RID]        default: this machine's; linux-x64, linux-arm64, osx-arm64
#
# For this machine the file is native code (docs/decisions/0018-native-code.md), linked by clang or gcc. For another, whose linker is not here, it is
# trimmed, precompiled code with the runtime in it: the same program, slower to start and larger in memory.
#
# Prints the size, and, where the file can run here, the start-up time. Warnings of the trimmer and of the compiler are errors.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."

here=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)
# Some distributions' SDKs name themselves (debian.12-x64); runtime packs exist for the portable names only.
case $here in
    *-musl-*) here=linux-musl-${here##*-} ;;
    osx*) here=osx-${here##*-} ;;
    *) here=linux-${here##*-} ;;
esac
rid=${1:-$here}
out=artifacts/publish/lem-$rid

if [ "$rid" != "$here" ]; then
    form="-p:SelfContained=true -p:PublishSingleFile=true -p:PublishTrimmed=true -p:PublishReadyToRun=true"
elif command -v clang >/dev/null; then
    form="-p:PublishAot=true"
elif command -v gcc >/dev/null; then
    form="-p:PublishAot=true -p:CppCompilerAndLinker=gcc"
else
    echo "no linker: clang or gcc is needed" >&2
    exit 1
fi

rm -rf "$out"
# shellcheck disable=SC2086 # Options, one a word.
dotnet publish src/Lem.Cli/Lem.Cli.csproj -c Release -r "$rid" -o "$out" --nologo -v q $form \
    -p:LlamaPlatform="$rid" \
    -p:TrimmerSingleWarn=false \
    -p:DebugType=none \
    -p:PublishDocumentationFiles=false

[ -x "$out/lem" ] || { echo "no $out/lem was made" >&2; exit 1; }
echo "$out/lem: $(du -m "$out/lem" | cut -f1) MB; with its libraries $(du -sm "$out" | cut -f1) MB"
[ -d "$out/llama" ] || echo "note: no llama/ beside it (npm was missing): the embedded engine will be reported missing"

if [ "$rid" = "$here" ]; then
    "$out/lem" --version
    # The best of ten: start-up as the file costs it, not as the neighbours do.
    best=
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        start=$(date +%s%N)
        "$out/lem" --version >/dev/null
        took=$(($(date +%s%N) - start))
        if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
    done
    echo "start-up (lem --version, best of 10): $((best / 1000000)) ms"
fi

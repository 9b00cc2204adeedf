#!/bin/sh
# Installs llama.cpp's prebuilt libraries of one platform with npm, as locked beside this script:
#   install.sh <platform> <folder>
# The folder appears whole or not at all, so that builds may run side by side.
set -eu

platform=$1
target=$2
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

command -v npm >/dev/null || { echo "npm is not installed"; exit 1; }

mkdir -p "$(dirname -- "$target")"
work=$(mktemp -d "$target.XXXXXX")
trap 'rm -rf "$work"' EXIT
cp "$here/$platform/package.json" "$here/$platform/package-lock.json" "$work"

# --force: the platform may be another one than this machine's, when publishing.
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --force --prefer-offline \
    --fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=60000 2>&1)

mkdir "$work/llama"
package=$work/node_modules/@node-llama-cpp/$platform
cp "$package/bins/$platform/"*.so "$package/LICENSE" "$work/llama"
# What only node-llama-cpp's own addon needs.
rm -f "$work/llama/libllama-common.so"

# Whoever is second finds the folder there and lets it be.
mv -T "$work/llama" "$target" 2>/dev/null || [ -d "$target" ]

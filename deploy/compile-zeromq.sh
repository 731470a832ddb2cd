#!/bin/sh
# Compiles the native half of zeromq against the system's libzmq, for machines that npm has none for: 32-bit ARM, RISC-V.
# Needs g++, libzmq with its headers (Debian: libzmq3-dev), and Node's headers (of its own distribution, or Debian's libnode-dev).
# In a fresh clone: npm install --ignore-scripts && sh deploy/compile-zeromq.sh && npm start
set -eu
modules=$(cd "$(dirname "$0")/../node_modules" && pwd)
headers=${NODE_HEADERS:-$(node -p "require('node:path').resolve(process.execPath, '../../include/node')")}
addon=compiled-here/addon.node

mkdir -p "$modules/zeromq/build/compiled-here"
g++ -std=c++20 -O2 -shared -fPIC -DNAPI_VERSION=8 -DNAPI_CPP_EXCEPTIONS -DBUILDING_NODE_EXTENSION ${CXXFLAGS:-} \
  -I "$headers" -I "$modules/node-addon-api" "$modules"/zeromq/src/*.cc -o "$modules/zeromq/build/$addon" ${LDFLAGS:-} -lzmq

# Its loader takes what the manifest lists for this system, machine and C library.
node -e '
  const fs = require("node:fs");
  const [, file, addon] = process.argv;
  const libc = fs.existsSync("/etc/alpine-release") ? "musl" : "glibc";
  const { platform: os, arch, versions } = process;
  const manifest = JSON.parse(fs.readFileSync(file, "utf8"));
  for (const key of Object.keys(manifest)) if (manifest[key] === addon) delete manifest[key];
  manifest[JSON.stringify({ os, arch, libc, runtime: "node", abi: Number(versions.modules) })] = addon;
  fs.writeFileSync(file, JSON.stringify(manifest));
' "$modules/zeromq/build/manifest.json" "$addon"
cd "$modules/.." && node -e 'console.log(`zeromq works, with libzmq ${require("zeromq").version}`)'

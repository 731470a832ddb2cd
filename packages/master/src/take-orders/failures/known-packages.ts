/** The package that has something a build lacks: of Debian and its kin, of Fedora and its kin, of Alpine. */
export interface KnownPackage {
  readonly debian: string;
  readonly fedora: string;
  readonly alpine: string;
}

const named = (debian: string, fedora = debian, alpine = debian): KnownPackage => ({ debian, fedora, alpine });
/** Headers by how the path in `#include` begins or reads. */
const headers: readonly (readonly [RegExp, KnownPackage])[] = [
  [/^Python\.h$/, named('python3-dev', 'python3-devel', 'python3-dev')],
  [/^ffi(?:target)?\.h$/, named('libffi-dev', 'libffi-devel', 'libffi-dev')],
  [/^openssl\//, named('libssl-dev', 'openssl-devel', 'openssl-dev')],
  [/^libpq-fe\.h$|^pg_config/, named('libpq-dev', 'libpq-devel', 'libpq-dev')],
  [/^mysql|^mariadb/, named('libmariadb-dev', 'mariadb-connector-c-devel', 'mariadb-connector-c-dev')],
  [/^libxml\/|^libxml2/, named('libxml2-dev', 'libxml2-devel', 'libxml2-dev')],
  [/^libxslt\/|^libexslt/, named('libxslt1-dev', 'libxslt-devel', 'libxslt-dev')],
  [/^zlib\.h$/, named('zlib1g-dev', 'zlib-devel', 'zlib-dev')],
  [/^jpeglib\.h$/, named('libjpeg-dev', 'libjpeg-turbo-devel', 'libjpeg-turbo-dev')],
  [/^ft2build\.h$|^freetype/, named('libfreetype-dev', 'freetype-devel', 'freetype-dev')],
  [/^sqlite3\.h$/, named('libsqlite3-dev', 'sqlite-devel', 'sqlite-dev')],
  [/^curl\//, named('libcurl4-openssl-dev', 'libcurl-devel', 'curl-dev')],
  [/^lber\.h$|^ldap\.h$/, named('libldap-dev', 'openldap-devel', 'openldap-dev')],
  [/^sasl\//, named('libsasl2-dev', 'cyrus-sasl-devel', 'cyrus-sasl-dev')],
  [/^gssapi\/|^krb5/, named('libkrb5-dev', 'krb5-devel', 'krb5-dev')],
  [/^gmp\.h$/, named('libgmp-dev', 'gmp-devel', 'gmp-dev')],
  [/^mpfr\.h$/, named('libmpfr-dev', 'mpfr-devel', 'mpfr-dev')],
  [/^mpc\.h$/, named('libmpc-dev', 'libmpc-devel', 'mpc1-dev')],
  [/^cairo/, named('libcairo2-dev', 'cairo-devel', 'cairo-dev')],
  [
    /^girepository|^gobject/,
    named('libgirepository1.0-dev', 'gobject-introspection-devel', 'gobject-introspection-dev'),
  ],
  [/^alsa\//, named('libasound2-dev', 'alsa-lib-devel', 'alsa-lib-dev')],
  [/^portaudio\.h$/, named('portaudio19-dev', 'portaudio-devel', 'portaudio-dev')],
  [/^usb\.h$|^libusb/, named('libusb-1.0-0-dev', 'libusb1-devel', 'libusb-dev')],
  [/^libudev\.h$/, named('libudev-dev', 'systemd-devel', 'eudev-dev')],
  [/^systemd\//, named('libsystemd-dev', 'systemd-devel', 'elogind-dev')],
  [/^dbus\//, named('libdbus-1-dev', 'dbus-devel', 'dbus-dev')],
  [/^bluetooth\//, named('libbluetooth-dev', 'bluez-libs-devel', 'bluez-dev')],
  [/^hdf5\.h$/, named('libhdf5-dev', 'hdf5-devel', 'hdf5-dev')],
  [/^gdal|^ogr_/, named('libgdal-dev', 'gdal-devel', 'gdal-dev')],
  [/^geos_c\.h$/, named('libgeos-dev', 'geos-devel', 'geos-dev')],
  [/^proj\.h$/, named('libproj-dev', 'proj-devel', 'proj-dev')],
  [/^lzma\.h$/, named('liblzma-dev', 'xz-devel', 'xz-dev')],
  [/^bzlib\.h$/, named('libbz2-dev', 'bzip2-devel', 'bzip2-dev')],
  [/^yaml\.h$/, named('libyaml-dev', 'libyaml-devel', 'yaml-dev')],
  [/^sodium/, named('libsodium-dev', 'libsodium-devel', 'libsodium-dev')],
  [/^zmq\.h$/, named('libzmq3-dev', 'zeromq-devel', 'zeromq-dev')],
  [/^boost\//, named('libboost-all-dev', 'boost-devel', 'boost-dev')],
  [/^Eigen\//, named('libeigen3-dev', 'eigen3-devel', 'eigen-dev')],
  [/^X11\//, named('libx11-dev', 'libX11-devel', 'libx11-dev')],
  [/^GL\//, named('libgl-dev', 'mesa-libGL-devel', 'mesa-dev')],
  [/^SDL\.h$|^SDL2\//, named('libsdl2-dev', 'SDL2-devel', 'sdl2-dev')],
  [/^sndfile\.h$/, named('libsndfile1-dev', 'libsndfile-devel', 'libsndfile-dev')],
  [/^snappy/, named('libsnappy-dev', 'snappy-devel', 'snappy-dev')],
  [/^lz4/, named('liblz4-dev', 'lz4-devel', 'lz4-dev')],
  [/^zstd/, named('libzstd-dev', 'libzstd-devel', 'zstd-dev')],
  [/^ev\.h$/, named('libev-dev', 'libev-devel', 'libev-dev')],
  [/^enchant/, named('libenchant-2-dev', 'enchant2-devel', 'enchant2-dev')],
  [/^magic\.h$/, named('libmagic-dev', 'file-devel', 'file-dev')],
  [/^pcap/, named('libpcap-dev', 'libpcap-devel', 'libpcap-dev')],
  [/^sql\.h$|^sqlext\.h$/, named('unixodbc-dev', 'unixODBC-devel', 'unixodbc-dev')],
  [/^asm\/|^linux\//, named('linux-libc-dev', 'kernel-headers', 'linux-headers')],
];

/** Headers that lie with the libraries of these names, as linkers and pkg-config call them, without their `lib` and version. */
const headerOfLibrary: Readonly<Record<string, string>> = {
  cairo: 'cairo.h',
  ffi: 'ffi.h',
  openssl: 'openssl/',
  ssl: 'openssl/',
  crypto: 'openssl/',
  pq: 'libpq-fe.h',
  mariadb: 'mariadb',
  mysqlclient: 'mysql',
  xml: 'libxml2',
  xslt: 'libxslt/',
  z: 'zlib.h',
  zlib: 'zlib.h',
  jpeg: 'jpeglib.h',
  freetype: 'freetype',
  curl: 'curl/',
  ldap: 'ldap.h',
  lber: 'lber.h',
  hdf: 'hdf5.h',
  yaml: 'yaml.h',
  sodium: 'sodium',
  zmq: 'zmq.h',
};

const tools: Readonly<Record<string, KnownPackage>> = {
  pg_config: named('libpq-dev', 'libpq-devel', 'libpq-dev'),
  mysql_config: named('libmariadb-dev', 'mariadb-connector-c-devel', 'mariadb-connector-c-dev'),
  mariadb_config: named('libmariadb-dev', 'mariadb-connector-c-devel', 'mariadb-connector-c-dev'),
  'xml2-config': named('libxml2-dev', 'libxml2-devel', 'libxml2-dev'),
  'xslt-config': named('libxslt1-dev', 'libxslt-devel', 'libxslt-dev'),
  'curl-config': named('libcurl4-openssl-dev', 'libcurl-devel', 'curl-dev'),
  'krb5-config': named('libkrb5-dev', 'krb5-devel', 'krb5-dev'),
  'gdal-config': named('libgdal-dev', 'gdal-devel', 'gdal-dev'),
  'llvm-config': named('llvm-dev', 'llvm-devel', 'llvm-dev'),
  'pkg-config': named('pkg-config', 'pkgconf-pkg-config', 'pkgconf'),
  cc: named('gcc', 'gcc', 'gcc musl-dev'),
  gcc: named('gcc', 'gcc', 'gcc musl-dev'),
  'c++': named('g++', 'gcc-c++', 'g++'),
  'g++': named('g++', 'gcc-c++', 'g++'),
  gfortran: named('gfortran', 'gcc-gfortran', 'gfortran'),
  rustc: named('rustc', 'rust', 'rust'),
  ninja: named('ninja-build', 'ninja-build', 'ninja'),
  protoc: named('protobuf-compiler', 'protobuf-compiler', 'protoc'),
  ...Object.fromEntries(
    [
      'cargo',
      'cmake',
      'make',
      'meson',
      'swig',
      'autoconf',
      'automake',
      'libtool',
      'bison',
      'flex',
      'git',
      'patchelf',
    ].map((name) => [name, named(name)]),
  ),
};

/** The package that has a header, as `#include` names it; undefined where nobody knows. */
export const packageOfHeader = (header: string): KnownPackage | undefined =>
  headers.find(([pattern]) => pattern.test(header))?.[1];

/** The package that has a library, by the name that it was looked for with. */
export function packageOfLibrary(library: string): KnownPackage | undefined {
  const name = library.toLowerCase().replace(/^lib|[-\d.]+$/g, '');
  return Object.hasOwn(headerOfLibrary, name) ? packageOfHeader(headerOfLibrary[name]!) : undefined;
}

/** The package that has a program. */
export const packageOfTool = (tool: string): KnownPackage | undefined =>
  Object.hasOwn(tools, tool) ? tools[tool] : undefined;

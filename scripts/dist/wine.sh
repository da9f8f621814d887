# Sourced by what runs Windows programs: gives them a Wine of their own in the folder $work, which the caller made.
export WINEPREFIX=$work/wine WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' LANG=zh_CN.UTF-8 LOCPATH=$work/locale
unset LC_ALL
# Wine names files as the locale says, which must be there.
mkdir "$LOCPATH"
localedef --no-archive -i zh_CN -f UTF-8 "$LOCPATH/zh_CN.UTF-8"
wineboot -i >/dev/null 2>&1 || { echo "wine.sh: Wine does not start" >&2; exit 1; }

# Wine 8 lacks a library that every program of a recent Rust imports for random numbers. It is no part of the package.
cat >"$work/random.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count) {
  return count <= 0x10000000 && SystemFunction036(bytes, (ULONG)count);
}
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved) { return TRUE; }
C
x86_64-w64-mingw32-gcc -O2 -shared -s -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$work/random.c" -ladvapi32

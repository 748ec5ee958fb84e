#!/bin/sh
# Installs an APK on the running emulator, starts the app, and fails unless it is still running ten seconds later.
set -eu
app=ma.fos.services
adb install "$1"
adb shell am start -W -n "$app/.MainActivity"
sleep 10
if ! adb shell pidof "$app"; then
  adb logcat -d -t 300
  exit 1
fi
adb uninstall "$app"

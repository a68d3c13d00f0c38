; makensis -DVERSION=1.2.3 -DSRC=<folder> -DOUT=<file> scim-connector.nsi
; Silent: setup.exe /S [/ANSWERS=C:\answers.toml] [/D=C:\folder]     uninstall.exe /S [/PURGE]
; Ends with 0, or with 2 when nothing was changed. What went wrong is in %ProgramData%\scim-connector\logs\setup.log.
Target amd64-unicode
SetCompressor /SOLID lzma
Name "SCIM Connector ${VERSION}"
OutFile "${OUT}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\SCIM Connector"
InstallDir "$PROGRAMFILES64\SCIM Connector"
; An upgrade goes where the older one is.
InstallDirRegKey HKLM "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel admin
ManifestSupportedOS all
ManifestLongPathAware true
SetDateSave off
!include "MUI2.nsh"
!include "FileFunc.nsh"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "Unless it was configured before, next in an elevated prompt:$\r$\n$\r$\n  cd $\"$INSTDIR$\"$\r$\n  scim-connector init$\r$\n  scim-connector service start"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "SCIM Connector"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "SCIM Connector setup"
VIAddVersionKey "LegalCopyright" ""

!macro REMOVE_FILES
  Delete "$INSTDIR\scim-connector.exe"
  Delete "$INSTDIR\scim-connector-service.exe"
  Delete "$INSTDIR\better_sqlite3.node"
  Delete "$INSTDIR\THIRD-PARTY-LICENSES.txt"
  Delete "$INSTDIR\scim-connector.ps1"
  RMDir /r "$INSTDIR\docs"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
!macroend

Section
  SetShellVarContext all
  SetRegView 64
  ReadRegStr $0 HKLM "SOFTWARE\SCIM Connector" "InstallDir"
  StrCmp $0 "" ours
    SetErrorLevel 2
    Abort "The MSI has installed the SCIM Connector: upgrade with the MSI, or remove it first"
  ours:
  ; The older one, when this is an upgrade.
  InitPluginsDir
  SetOutPath "$PLUGINSDIR"
  File "${SRC}\scim-connector-service.exe"
  nsExec::ExecToLog '"$PLUGINSDIR\scim-connector-service.exe" stop'
  Pop $0
  StrCmp $0 0 stopped
    SetErrorLevel 2
    Abort "The running service could not be stopped: $0"
  stopped:
  SetOutPath "$INSTDIR"
  ; For `scim-connector rollback`, and for us.
  Delete "$INSTDIR\scim-connector.exe.previous"
  Rename "$INSTDIR\scim-connector.exe" "$INSTDIR\scim-connector.exe.previous"
  ClearErrors
  File "${SRC}\scim-connector.exe"
  File "${SRC}\scim-connector-service.exe"
  File "${SRC}\better_sqlite3.node"
  File "${SRC}\THIRD-PARTY-LICENSES.txt"
  File "${SRC}\scim-connector.ps1"
  RMDir /r "$INSTDIR\docs"
  File /r "${SRC}\docs"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  IfErrors 0 written
    DetailPrint "The files could not be written. Is scim-connector.exe running?"
    Goto failed
  written:
  nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" install'
  Pop $0
  StrCmp $0 0 0 failed
  ${GetParameters} $R0
  ${GetOptions} $R0 "/ANSWERS=" $R1
  nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" set-up "$R1"'
  Pop $0
  StrCmp $0 0 0 failed
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "SCIM Connector"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  Goto done

  failed:
  SetErrorLevel 2
  IfFileExists "$INSTDIR\scim-connector.exe.previous" back
    nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" uninstall'
    !insertmacro REMOVE_FILES
    Abort "Nothing was installed. See $APPDATA\scim-connector\logs\setup.log"
  back:
    Delete "$INSTDIR\scim-connector.exe"
    Rename "$INSTDIR\scim-connector.exe.previous" "$INSTDIR\scim-connector.exe"
    nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" start'
    Abort "The version before is back. See $APPDATA\scim-connector\logs\setup.log"
  done:
SectionEnd

; Configuration and data stay in %ProgramData%\scim-connector, unless there is /PURGE.
Section Uninstall
  SetShellVarContext all
  SetRegView 64
  nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" uninstall'
  Pop $0
  StrCmp $0 0 removed
    SetErrorLevel 2
    Abort "The service could not be removed: $0"
  removed:
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/PURGE" $R1
  IfErrors keep
    nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" purge'
  keep:
  !insertmacro REMOVE_FILES
  DeleteRegKey HKLM "${UNINSTALL}"
SectionEnd

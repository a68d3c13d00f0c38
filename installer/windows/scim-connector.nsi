; makensis -DVERSION=1.2.3 -DSRC=<folder> -DOUT=<file> scim-connector.nsi
; Silent: setup.exe /S [/D=C:\folder]
Target amd64-unicode
SetCompressor /SOLID lzma
Name "SCIM Connector ${VERSION}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\SCIM Connector"
RequestExecutionLevel admin
ManifestSupportedOS all
ManifestLongPathAware true
SetDateSave off
!include "MUI2.nsh"
!include "FileFunc.nsh"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "Next, in an elevated prompt:$\r$\n$\r$\n  cd $\"$INSTDIR$\"$\r$\n  scim-connector init$\r$\n  scim-connector service start"
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
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\SCIM Connector"

Section
  SetShellVarContext all
  SetRegView 64
  ; An older one is running when this is an upgrade.
  nsExec::Exec '"$SYSDIR\net.exe" stop scim-connector'
  SetOutPath "$INSTDIR"
  File "${SRC}\scim-connector.exe"
  File "${SRC}\scim-connector-service.exe"
  File "${SRC}\better_sqlite3.node"
  File "${SRC}\THIRD-PARTY-LICENSES.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" install'
  Pop $0
  StrCmp $0 0 made
    SetErrorLevel 2
    DetailPrint "The service could not be made: $0"
  made:
  nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" start-configured'
  Pop $0
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "SCIM Connector"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
SectionEnd

; Configuration and data stay in %ProgramData%\scim-connector, unless uninstall.exe /S /PURGE
Section Uninstall
  SetShellVarContext all
  SetRegView 64
  nsExec::ExecToLog '"$INSTDIR\scim-connector-service.exe" uninstall'
  Delete "$INSTDIR\scim-connector.exe"
  Delete "$INSTDIR\scim-connector-service.exe"
  Delete "$INSTDIR\better_sqlite3.node"
  Delete "$INSTDIR\THIRD-PARTY-LICENSES.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKLM "${UNINSTALL}"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/PURGE" $R1
  IfErrors keep
    RMDir /r "$APPDATA\scim-connector"
  keep:
SectionEnd

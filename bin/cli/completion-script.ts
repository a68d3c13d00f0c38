/** What makes a shell complete verbs and flags: each script asks the program, which knows its verbs and flags. */

/** yargs answers it with one word a line. */
const ASK = '--get-yargs-completions';

const BASH = `# bash completion of scim-connector
_scim_connector() {
  local IFS=$'\\n'
  mapfile -t COMPREPLY < <(compgen -W "$(scim-connector ${ASK} "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o bashdefault -o default -F _scim_connector scim-connector
`;

const ZSH = `#compdef scim-connector
# zsh completion of scim-connector
_scim_connector() {
  local -a answers
  answers=("\${(@f)$(scim-connector ${ASK} "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  answers=("\${(@)answers:#}")
  if (( \${#answers} )); then
    compadd -a answers
  else
    _files
  fi
}
if [ "$funcstack[1]" = "_scim_connector" ]; then
  _scim_connector "$@"
else
  compdef _scim_connector scim-connector
fi
`;

const POWERSHELL = `# PowerShell completion of scim-connector
Register-ArgumentCompleter -Native -CommandName scim-connector -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '""' }
  & scim-connector ${ASK} @words 2>$null |
    Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;

export const SHELLS = { bash: BASH, zsh: ZSH, powershell: POWERSHELL } as const;

export type Shell = keyof typeof SHELLS;

export const SHELL_NAMES = Object.keys(SHELLS) as readonly Shell[];

/** The shell that somebody types in, as far as the environment tells. */
export function shellInUse({ SHELL = '', PSModulePath }: NodeJS.ProcessEnv): Shell {
  if (SHELL.endsWith('zsh')) return 'zsh';
  return SHELL === '' && PSModulePath !== undefined ? 'powershell' : 'bash';
}

/// Additions for bash to the script generated from the declarations.
enum BashCompletion {
  /// Returns the script with a wrapper around its function: bash splits `--branch=d` into three words, and the operand
  /// of `help` is the name of a command, which no declaration states.
  static func script(_ generated: String) -> String {
    let commands = CommandName.allCases.map(\.rawValue).joined(separator: " ")
    let registration = "complete -o filenames -F _wasmstore wasmstore"
    let wrapper = """
      _wasmstore_words() {
          local -a words=()
          local -i index cword=COMP_CWORD
          for ((index = 0; index < ${#COMP_WORDS[@]}; index++)); do
              if [[ ${COMP_WORDS[index]} == = && index -gt 0 && ${COMP_WORDS[index - 1]} == --* ]]; then
                  if ((index == COMP_CWORD)); then
                      words+=('')
                  elif ((index < COMP_CWORD)); then
                      ((cword--))
                  fi
              else
                  words+=("${COMP_WORDS[index]}")
              fi
          done
          if [[ ${words[1]} == help && ${cword} -eq 2 ]]; then
              COMPREPLY=($(compgen -W '\(commands)' -- "${words[2]}"))
              return
          fi
          local -a COMP_WORDS=("${words[@]}")
          local -i COMP_CWORD=cword
          _wasmstore "${1}" "${words[cword]}" "${words[cword - 1]}"
      }

      complete -o filenames -F _wasmstore_words wasmstore
      """
    return generated.replacing(registration, with: wrapper)
  }
}

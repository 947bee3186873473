//! What teams adopt elblint with: the hooks, the action, the image, manual pages and completions.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use regex::Regex;
use yaml_rust2::{Yaml, YamlLoader};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap()
}

fn yaml(name: &str) -> Yaml {
    YamlLoader::load_from_str(&read(name)).unwrap().remove(0)
}

fn elblint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_elblint")).args(arguments).env_clear().output().unwrap()
}

#[test]
fn hooks_take_request_files_and_no_others() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_vec().unwrap();
    let word = |hook: &Yaml, key: &str| hook[key].as_str().unwrap().to_owned();
    let kinds: Vec<_> = hooks.iter().map(|hook| (word(hook, "id"), word(hook, "language"))).collect();
    let expected = [("elblint", "rust"), ("elblint-system", "system")];
    assert_eq!(kinds, expected.map(|(id, language)| (id.to_owned(), language.to_owned())));
    for hook in hooks {
        assert_eq!(word(hook, "entry"), "elblint check --force-exclude");
        let files = Regex::new(&word(hook, "files")).unwrap();
        let bodies = elblint::Operation::ALL.iter().flat_map(|operation| {
            ["", "requests/web.", "x/ELB_", "a.ELB_"].map(|start| format!("{start}{}.json", operation.name()))
        });
        for name in ["a.http".to_owned(), "x/y.rest".to_owned()].into_iter().chain(bodies) {
            assert!(files.is_match(&name), "{name}");
        }
        for name in [
            "package.json",
            "http",
            "a.http.md",
            "MyUpdatePool.json",
            "UpdatePool.json5",
            "UpdatePool.v2.json",
            "a.jsonl",
            "UpdatePool/x.json",
        ] {
            assert!(!files.is_match(name), "{name}");
        }
    }
}

/// The scripts of the action, each with the names of its variables.
fn steps() -> Vec<(String, Vec<String>)> {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_vec().unwrap().clone();
    let names = |step: &Yaml| {
        step["env"].as_hash().unwrap().keys().map(|key| key.as_str().unwrap().to_owned()).collect()
    };
    steps.iter().map(|step| (step["run"].as_str().unwrap().to_owned(), names(step))).collect()
}

#[test]
fn the_action_hands_inputs_over_as_variables_only() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"].as_str(), Some("composite"));
    let inputs = action["inputs"].as_hash().unwrap();
    for (name, input) in inputs {
        assert!(input["description"].as_str().is_some() && input["default"].as_str().is_some(), "{name:?}");
        let uses =
            read("action.yml").matches(&format!("${{{{ inputs.{} }}}}", name.as_str().unwrap())).count();
        assert_eq!(uses, 1, "{name:?}");
    }
    for (script, names) in steps() {
        assert!(!script.contains("${{"), "{script}");
        assert!(names.iter().all(|name| script.contains(&format!("${name}"))), "{script}");
    }
    let (install, _) = &steps()[0];
    assert!(
        install.lines().filter(|line| line.contains("cargo install")).all(|line| line.contains("--locked"))
    );
}

#[test]
#[cfg(unix)]
fn the_action_takes_every_input_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    if !Path::new("/bin/bash").exists() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["elblint", "cargo"] {
        fs::write(at(name), "#!/bin/bash\nprintf '%s\\n' \"$0\" \"$@\" | sed 's|.*/||'\n").unwrap();
        fs::set_permissions(at(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let run = |index: usize, variables: &[(&str, &str)]| {
        let output = Command::new("/bin/bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &steps()[index].0])
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", folder.path().display()))
            .envs([("RUNNER_TEMP", at("temp")), ("GITHUB_OUTPUT", at("output")), ("GITHUB_PATH", at("path"))])
            .env("GITHUB_ACTION_PATH", "action")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let nasty = "a b.http\n$(touch hit)\n--fix";
    let arguments = run(
        1,
        &[
            ("ELBLINT_PATHS", nasty),
            ("ELBLINT_ARGUMENTS", "--context=x y.json\n"),
            ("ELBLINT_FORMAT", "github"),
            ("ELBLINT_SARIF", "r.sarif"),
            ("ELBLINT_FAIL_ON", "warning"),
        ],
    );
    assert_eq!(
        arguments,
        [
            "elblint",
            "check",
            "--format=github",
            "--fail-on=warning",
            "--format=sarif=r.sarif",
            "--context=x y.json",
            "--",
            "a b.http",
            "$(touch hit)",
            "--fix",
        ]
    );
    assert!(!at("hit").exists());
    // What the command line does not say is for the configuration to say.
    let defaults = [("PATHS", "."), ("ARGUMENTS", ""), ("FORMAT", "github"), ("SARIF", ""), ("FAIL_ON", "")];
    let defaults = defaults.map(|(name, value)| (format!("ELBLINT_{name}"), value));
    let defaults: Vec<_> = defaults.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(run(1, &defaults), ["elblint", "check", "--format=github", "--", "."]);
    let inputs = yaml("action.yml");
    assert_eq!(inputs["inputs"]["fail-on"]["default"].as_str(), Some(""));
    assert_eq!(fs::read_to_string(at("output")).unwrap(), "sarif=r.sarif\n");
    let own = run(0, &[("ELBLINT_VERSION", "")]);
    assert_eq!(own[..3], ["cargo", "install", "--locked"]);
    assert_eq!(own.last().unwrap(), "action");
    assert!(run(0, &[("ELBLINT_VERSION", "0.1.0")]).contains(&"--version=0.1.0".to_owned()));
}

#[test]
fn the_image_holds_the_program_alone_and_no_root() {
    let file = read("Dockerfile");
    let stages: Vec<_> = file.split("\nFROM ").collect();
    assert_eq!(stages.len(), 3, "a stage to build, and one to run");
    assert!(stages[1].contains("cargo build --release --locked"));
    assert!(stages[2].starts_with("scratch") && stages[2].contains("\nUSER 65532:65532\n"));
    assert!(read(".dockerignore").lines().any(|line| line == "**/target"));
}

#[test]
fn there_is_a_manual() {
    let page = String::from_utf8(elblint(&["man"]).stdout).unwrap();
    assert!(page.contains(".TH ELBLINT 1") && page.contains("elblint\\-check(1)"), "{page}");
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(elblint(&["man", folder.path().to_str().unwrap()]).status.code(), Some(0));
    let check = fs::read_to_string(folder.path().join("elblint-check.1")).unwrap();
    assert!(check.contains("\\-\\-fix") && check.contains(".TH ELBLINT-CHECK 1"), "{check}");
    for page in fs::read_dir(folder.path()).unwrap() {
        let page = fs::read_to_string(page.unwrap().path()).unwrap();
        for named in page.lines().filter_map(|line| line.strip_suffix("(1)")) {
            let named = folder.path().join(format!("{}.1", named.replace('\\', "")));
            assert!(named.exists(), "{}", named.display());
        }
    }
    assert_eq!(elblint(&["man", "/dev/null/none"]).status.code(), Some(2));
    if let Some(man) = program("man") {
        let output = Command::new(man)
            .args(["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"])
            .arg(folder.path().join("elblint-check.1"))
            .output()
            .unwrap();
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// A shell, how its completions begin, and how it is brought to complete `elblint check --for` with those in a file.
const SHELLS: &[(&str, &str, Option<[&str; 3]>)] = &[
    (
        "bash",
        "_elblint() {",
        Some([
            "bash",
            "-c",
            "source elblint.bash; COMP_WORDS=(elblint check --for); COMP_CWORD=2; _elblint elblint --for check; echo ${COMPREPLY[@]}",
        ]),
    ),
    (
        "elvish",
        "set edit:completion:arg-completer[elblint] =",
        Some([
            "elvish",
            "-c",
            // Only at a prompt there is the module that completes.
            "var here = (ns [&edit:=(ns [&completion:=(ns [&arg-completer=[&]]) &complex-candidate~={|stem &display=''| put $stem}])])
             eval (slurp < elblint.elvish) &ns=$here
             for word [($here[edit:][completion:][arg-completer][elblint] elblint check --for)] { echo $word }",
        ]),
    ),
    ("fish", "complete -c elblint", Some(["fish", "-c", "source elblint.fish; complete -C 'elblint check --for'"])),
    (
        "nushell",
        "export extern elblint",
        Some([
            "nu",
            "-c",
            "(open --raw elblint.nushell) + 'use completions *\nelblint check --for' | save at.nu
             ^$nu.current-exe --ide-complete (ls at.nu | get 0.size | into int) at.nu",
        ]),
    ),
    ("powershell", "Register-ArgumentCompleter", None),
    (
        "zsh",
        "#compdef elblint",
        Some([
            "zsh",
            "-c",
            // Only at a prompt it completes.
            "mv elblint.zsh _elblint; zmodload zsh/zpty; zpty z zsh -f
             zpty -w z \"fpath=($PWD \\$fpath); autoload -U compinit; compinit -u -D; echo lo''aded\"
             zpty -r z shown '*loaded*'; zpty -w -n z $'elblint check --for\\t\\t'; zpty -r z shown '*--force-exclude*--format*'; echo $shown",
        ]),
    ),
];

#[test]
fn shells_complete_words() {
    for (shell, word, way) in SHELLS {
        let folder = tempfile::tempdir().unwrap();
        let script = String::from_utf8(elblint(&["completions", shell]).stdout).unwrap();
        assert!(script.contains(word) && script.contains("unsafe-fixes"), "{shell}: {script}");
        fs::write(folder.path().join(format!("elblint.{shell}")), script).unwrap();
        let Some((program, way)) = way.and_then(|[name, rest @ ..]| Some((program(name)?, rest))) else {
            println!("skipped: {shell} is not here to complete words");
            continue;
        };
        let output = Command::new(program)
            .args(way)
            .current_dir(folder.path())
            .env_clear()
            .envs([("HOME", folder.path()), ("PATH", Path::new("/usr/bin:/bin"))])
            .output()
            .unwrap();
        let shown = String::from_utf8_lossy(&output.stdout);
        let complete = shown.contains("--format") && shown.contains("--force-exclude");
        assert!(complete, "{shell}: {shown}{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn nushell_takes_flags_without_their_optional_values() {
    let script = String::from_utf8(elblint(&["completions", "nushell"]).stdout).unwrap();
    assert!(script.contains("--write-baseline  ") && script.contains("--baseline: path"), "{script}");
}

/// Where a program is, if it is installed.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

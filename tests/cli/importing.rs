//! `import`: a network in, a scenario file out.

use crate::desk::Desk;

const RAIN: &str = "network weather { }\nvariable Rain { type discrete [ 2 ] { no, yes }; }\n\
                    probability ( Rain ) { table 0.8, 0.2; }\n";

const START: &str =
    "# Imported from rain.bif by `foretell import`.\nforetell = 2\n\n[scenario]\ntitle = \"weather\"\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("nets/rain.bif", RAIN);
    desk
}

#[test]
fn a_network_becomes_a_scenario_file_here() {
    let desk = desk();
    let said = desk.run(&["import", "nets/rain.bif"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(said.out, "Wrote rain.toml: 1 variable, 0 arcs.\n");
    assert!(desk.read("rain.toml").starts_with(START), "{}", desk.read("rain.toml"));
    let said = desk.run(&["import", "nets/rain.bif", "-o", "nets/other.toml"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(desk.read("nets/other.toml"), desk.read("rain.toml"));
}

#[test]
fn what_is_there_is_replaced_only_by_force() {
    let desk = desk();
    desk.put("rain.toml", "mine");
    let said = desk.run(&["import", "nets/rain.bif"]);
    assert_eq!((said.code, said.out.as_str(), desk.read("rain.toml").as_str()), (2, "", "mine"));
    assert!(said.err.contains("`rain.toml` exists already") && said.err.contains("--force"), "{}", said.err);
    let said = desk.run(&["import", "nets/rain.bif", "--force"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(desk.read("rain.toml").starts_with(START));
}

#[test]
fn streams_take_the_place_of_files() {
    let desk = desk();
    let said = desk.run(&["import", "nets/rain.bif", "-o", "-"]);
    assert!(said.code == 0 && said.out.starts_with(START), "{said:?}");
    assert_eq!(desk.names("."), ["nets/rain.bif"]);
    let piped = desk.run_with_input(&["import", "-", "-o", "-"], RAIN);
    assert_eq!(piped.out, said.out.replace("rain.bif", "standard input"));
    let said = desk.run_with_input(&["import", "-"], RAIN);
    assert_eq!((said.code, desk.read("stdin.toml")), (0, piped.out));
}

#[test]
fn warnings_are_said_and_mistakes_leave_no_file() {
    let desk = desk();
    desk.put("thirds.bif", &RAIN.replace("0.8, 0.2", "0.3333, 0.6666"));
    let said = desk.run(&["import", "thirds.bif"]);
    assert!(said.code == 0 && said.err.contains("1 row of probabilities"), "{said:?}");
    let said = desk.run(&["import", "thirds.bif", "--force", "--quiet"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    desk.put("wrong.bif", &RAIN.replace("0.8", "0.9"));
    let said = desk.run(&["import", "wrong.bif"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("wrong.bif:3:24") && said.err.contains("sum to 1.1"), "{}", said.err);
    assert!(!desk.path("wrong.toml").exists());
    for (arguments, part) in [
        (&["import", "none.bif"][..], "no such file"),
        (&["import", "thirds.bif", "-o", "no/such/x.toml"], "no such folder"),
        (&["import", "nets"], "folder"),
    ] {
        let said = desk.run(arguments);
        assert!(said.code == 2 && said.err.contains(part) && said.err.contains("hint"), "{said:?}");
    }
}

const WIND: &[u8] = b"% Wind\nnode Wind { label = \"Windst\xe4rke\"; states = (\"<5\" \"Yes!\"); }\n\
                      potential (Wind) { data = (0.33 0.66); }\n";

/// The ending tells the format, or the text, or the flag; the encoding is what the format's programs write.
#[test]
fn formats_are_told_by_ending_text_or_flag() {
    let desk = Desk::new();
    for name in ["wind.net", "wind.txt", "wind.bif"] {
        std::fs::write(desk.path(name), WIND).expect("a file");
    }
    let said = desk.run(&["import", "wind.net", "-o", "-"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err.contains("1 row of probabilities") && said.out.contains("label = \"Windstärke\""),
        "{said:?}"
    );
    let text = desk.run(&["import", "wind.txt", "-o", "-"]);
    assert_eq!(text.out, said.out.replace("wind.net", "wind.txt"));
    let refused = desk.run(&["import", "wind.bif", "-o", "-"]);
    assert!(refused.code == 2 && refused.err.contains("UTF-8"), "{refused:?}");
    let named = desk.run(&["import", "wind.bif", "--from", "net", "-o", "-"]);
    assert_eq!(named.out, said.out.replace("wind.net", "wind.bif"));
    let wrong = desk.run(&["import", "wind.net", "--from", "dne", "-o", "-"]);
    assert!(wrong.code == 2 && wrong.err.contains("--from names another format"), "{wrong:?}");
    assert!(desk.run(&["import", "wind.net", "--from", "doc"]).code == 2);
}

/// What the other program shows can be written where names can.
#[test]
fn labels_stand_for_names() {
    let desk = Desk::new();
    std::fs::write(desk.path("wind.net"), WIND).expect("a file");
    assert_eq!(desk.run(&["import", "wind.net"]).code, 0);
    let told = |flags: &[&str]| {
        let said = desk.run(&[&["run", "wind.toml", "-q", "--no-charts"], flags].concat());
        assert_eq!(said.code, 0, "{flags:?}: {}", said.err);
        said.out
    };
    let named = told(&["--given", "wind == Yes", "--of", "wind"]);
    assert_eq!(told(&["--given", "\"Windstärke\" == \"yes!\"", "--of", "Windstärke"]), named);
    assert_ne!(told(&["--given", "windstärke == \"<5\"", "--of", "wind"]), named);
    assert_eq!(told(&["--set", "Windstärke=Yes!"]), told(&["--set", "wind=Yes"]));
    for (flags, part) in [
        (["--given", "\"Windstark\" == Yes"], "did you mean"),
        (["--given", "wind == \"No!\""], "no state is called"),
        (["--of", "Windstark"], "did you mean"),
    ] {
        let said = desk.run(&[&["run", "wind.toml"][..], &flags].concat());
        assert!(said.code == 2 && said.err.contains(part), "{flags:?}: {}", said.err);
    }
}

//! The answers of every scenario.

use super::*;

fn scenarios() -> Vec<PathBuf> {
    let folders = ["scenarios", "scenarios/reference"].map(root);
    let files = folders.iter().flat_map(|one| std::fs::read_dir(one).expect("a folder"));
    let mut paths: Vec<PathBuf> = files.map(|one| one.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    assert!(paths.len() > 8, "the scenarios were not found");
    paths
}

fn open(path: &Path) -> Session<'static> {
    let text = std::fs::read_to_string(path).expect("a scenario");
    let folder = path.parent().expect("a folder").to_path_buf();
    let read =
        move |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    Session::open(SourceFile::new(path.display().to_string(), text), read).expect("a text")
}

fn settings() -> Settings {
    Settings { threads: 1, rule: Rule::Draws(4096), ..Settings::default() }
}

/// A case that compares all variants where the file has some.
fn with_variants(session: &Session<'static>, evidence: &[&str]) -> Option<(Value, bool)> {
    let ask = |all_variants: bool| -> Result<Value, Failure> {
        let evidence = evidence.iter().map(|one| one.to_string()).collect();
        let case = session.case(&Changes { all_variants, evidence, ..Changes::default() })?;
        let joint = two_things(&case.model);
        let run = Run { percents: vec![1.0, 99.0], all_variants, joint, ..Run::default() };
        Ok(value(&case.answer(&run, &settings())?))
    };
    ask(true).map(|value| (value, true)).or_else(|_| ask(false).map(|value| (value, false))).ok()
}

/// The first two things of a model that have states, told jointly, if there are two.
fn two_things(model: &Model) -> Vec<Joint> {
    let events = (0..model.events.len()).map(|at| Aspect::event(model, EventId(at)));
    let outcome = (!model.outcomes.is_empty()).then(|| Aspect::outcome(model));
    let of: Vec<Aspect> = events.chain(outcome).take(2).collect();
    (of.len() == 2).then_some(Joint { of }).into_iter().collect()
}

#[test]
fn every_run_fits_its_schema() {
    let schema = schema_of::<Answer<RunFinding>>();
    let (mut with_evidence, mut compared, mut joint) = (0, 0, 0);
    for path in scenarios() {
        let session = open(&path);
        let (found, has_variants) = with_variants(&session, &[]).expect("a run");
        joint += usize::from(found.get("joint").is_some());
        compared += usize::from(has_variants);
        assert_fits(&path.display().to_string(), &found, &schema);
        if let Some((found, _)) = with_variants(&session, &["all"]) {
            with_evidence += 1;
            assert_fits(&path.display().to_string(), &found, &schema);
        }
    }
    assert!(with_evidence > 0 && compared > 0 && joint > 3, "no scenario with evidence, variants or events");
}

#[test]
fn every_check_and_update_fits_its_schema() {
    let (check, update) = (schema_of::<Answer<CheckFinding>>(), schema_of::<Answer<UpdateFinding>>());
    let mut updated = 0;
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        for is_tested in [true, false] {
            let found = case.answer(&Check { is_tested, ..Check::default() }, &settings()).expect("verdicts");
            assert_fits(&name, &value(&found), &check);
        }
        let all = Changes { evidence: vec!["all".into()], ..Changes::default() };
        if let Ok(case) = session.case(&all) {
            updated += 1;
            assert_fits(&name, &value(&case.answer(&Update, &settings()).expect("an update")), &update);
        }
    }
    assert!(updated > 0, "no scenario with evidence");
}

#[test]
fn every_sensitivity_fits_its_schema() {
    let schema = schema_of::<Answer<SensitivityFinding>>();
    let question = Sensitivity { shapley: true, structure: Some(0.2), ..Sensitivity::default() };
    let mut answered = 0;
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
        // Of more inputs than can be told within a second, the plain question.
        let found =
            case.answer(&question, &settings).or_else(|_| case.answer(&Sensitivity::default(), &settings));
        assert_fits(&name, &value(&found.expect("an answer")), &schema);
        answered += 1;
    }
    assert!(answered > 5);
}

#[test]
fn what_to_find_out_fits_its_schema() {
    let schema = schema_of::<Answer<InformationFinding>>();
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        let Ok(question) = Information::about(&case.model, None) else { continue };
        let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
        assert_fits(&name, &value(&case.answer(&question, &settings).expect("an answer")), &schema);
    }
}

#[test]
fn what_would_change_an_answer_fits_its_schema() {
    let schema = schema_of::<Answer<FlipFinding>>();
    let path = scenarios().into_iter().find(|path| path.ends_with("vladivostok-2023.toml")).expect("a file");
    let session = open(&path);
    let case: Case = session.case(&Changes::default()).expect("a sound scenario");
    let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
    let question = Flips { has_envelope: true, ..Flips::default() };
    assert_fits("flip", &value(&case.answer(&question, &settings).expect("an answer")), &schema);
}

#[test]
fn every_network_fits_its_schema() {
    let schema = schema_of::<Answer<InfluenceFinding>>();
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
        assert_fits(&name, &value(&case.answer(&Influence, &settings).expect("an answer")), &schema);
    }
}

#[test]
fn every_box_fits_its_schema() {
    let schema = schema_of::<Answer<DiscoverFinding>>();
    let question = Discover {
        of: Wanted::Likeliest,
        by: Vec::new(),
        looking: Looking { boxes: 2, ..Looking::default() },
    };
    let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
    let mut answered = 0;
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        // A file may have nothing that happens.
        if let Ok(answer) = case.answer(&question, &settings) {
            assert_fits(&name, &value(&answer), &schema);
            answered += 1;
        }
    }
    assert!(answered > 8, "{answered}");
}

#[test]
fn every_sweep_fits_its_schema() {
    let schema = schema_of::<Answer<SweepFinding>>();
    let session = open(&root("scenarios/vladivostok-2023.toml"));
    let given = Changes { given: vec!["china_approval > 0.3".into()], ..Changes::default() };
    let words: [(&[&str], Option<&str>); 3] = [
        (&["china_approval=0:1:6"], None),
        (&["weight_of_pattern=0:6:6"], Some("trade_demand")),
        (&["china_approval=0:1:4", "trade_demand=0:1:3"], None),
    ];
    for changes in [Changes::default(), given] {
        for (vary, also) in words {
            let mut case: Case = session.case(&changes).expect("a sound scenario");
            let vary: Vec<String> = vary.iter().map(|one| one.to_string()).collect();
            let sweep = case.sweep(&vary, also, &[]).expect("sound words");
            assert_fits("sweep", &value(&case.answer(&sweep, &settings()).expect("a sweep")), &schema);
        }
    }
}

#[test]
fn every_comparison_fits_its_schema() {
    let schema = schema_of::<Answer<CompareFinding>>();
    let paths: Vec<PathBuf> = scenarios().into_iter().take(4).collect();
    for (one, other) in paths.iter().flat_map(|one| paths.iter().map(move |other| (one, other))) {
        let mut first = open(one);
        let text = std::fs::read_to_string(other).expect("a scenario");
        let second =
            first.beside(SourceFile::new(other.display().to_string(), text), |name| Err(name.into()));
        let second = second.expect("a text");
        let comparison = Comparison::of_files(&first, &second, &Changes::default());
        let found = comparison.and_then(|one| one.answer(&[], &settings())).expect("a comparison");
        assert_fits(&format!("{} {}", one.display(), other.display()), &value(&found), &schema);
    }
}

#[test]
fn what_is_no_answer_fits_its_schema() {
    let written = schema_of::<Written>();
    assert_fits("new", &value(&Written::template("budget.toml")), &written);
    assert_fits("import", &value(&Written::network("asia.toml", 8, 8)), &written);
    let text = "[factors.oil]\nvalue = 'beta(2, 5'\n[outcomes.up]\nweight = {}\n";
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let Err(Failure::No(sources, list)) = session.case(&Changes::default()) else { panic!("mistakes") };
    let mistakes = value(&Mistakes::of(&list, &sources));
    assert!(mistakes["mistakes"].as_array().is_some_and(|all| all.len() >= 2));
    assert_fits("mistakes", &mistakes, &schema_of::<Mistakes>());
    assert_fits("none", &value(&Mistakes::of(&Diagnostics::new(), &sources)), &schema_of::<Mistakes>());
}

#[test]
fn a_misfit_would_be_seen() {
    let schema = schema_of::<Answer<RunFinding>>();
    let case = open(&root("scenarios/vladivostok-2023.toml"));
    let case = case.case(&Changes::default()).expect("a sound scenario");
    let sound = value(&case.answer(&Run::default(), &settings()).expect("a run"));
    let count = |change: &dyn Fn(&mut Value)| {
        let mut changed = sound.clone();
        change(&mut changed);
        misfits(&changed, &schema, &schema, "").len()
    };
    assert_eq!(count(&|_| {}), 0);
    assert_eq!(count(&|one| one["outcomes"][0]["probability"] = "high".into()), 1);
    assert_eq!(count(&|one| one["outcomes"][1]["p05"] = true.into()), 1);
    assert_eq!(count(&|one| one["run"]["haste"] = 1.into()), 1);
    assert_eq!(count(&|one| drop(one["outcomes"][0].as_object_mut().unwrap().remove("interval"))), 1);
    assert_eq!(count(&|one| one["outcomes"][0]["interval"] = serde_json::json!([0.1])), 1);
    assert_eq!(count(&|one| one["drivers"] = Value::Null), 1);
}

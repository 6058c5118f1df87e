//! Reads the `http` blocks of docs/endpoint.md: requests, and the answers below them.

use serde_json::Value;

/// A request of the document, with the answer that it shows.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) status: u16,
    pub(crate) answer: Value,
}

/// Every example, in order.
pub(crate) fn examples(document: &str) -> Vec<Example> {
    let blocks: Vec<&str> = document
        .split("```http\n")
        .skip(1)
        .map(|rest| rest.split("```").next().expect("a block ends"))
        .collect();
    assert_eq!(blocks.len() % 2, 0, "each request is followed by its answer");
    blocks.chunks_exact(2).map(|pair| read(pair[0], pair[1])).collect()
}

fn read(request: &str, answer: &str) -> Example {
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next().and_then(|line| line.split_once(' ')).expect("a request line");
    let headers =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.into(), value.into()));
    let (status, shown) = answer.split_once("\n\n").expect("a status and a body");
    Example {
        method: method.into(),
        target: target.into(),
        headers: headers.collect(),
        body: body.trim_end().into(),
        status: status.trim().parse().expect("a status"),
        answer: serde_json::from_str(shown).expect("the answer shown is JSON"),
    }
}

/// Holds that a real answer is as shown: the same fields of the same kinds everywhere, the same texts but for
/// what is of the day. Numbers may differ; of a list of objects one is shown.
pub(crate) fn assert_as_shown(shown: &Value, real: &Value, place: &str) {
    match (shown, real) {
        (Value::Object(shown), Value::Object(real)) => {
            let names = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(shown), names(real), "{place}");
            for (name, value) in shown {
                assert_as_shown(value, &real[name], &format!("{place}.{name}"));
            }
        }
        (Value::Array(shown), Value::Array(real)) => {
            assert!(!real.is_empty(), "{place}");
            for value in real {
                assert_as_shown(&shown[0], value, place);
            }
        }
        (Value::Number(_), Value::Number(_)) => {}
        (Value::String(_), Value::String(_))
            if place.ends_with(".edition") || place.ends_with("answers.answer") => {}
        _ => assert_eq!(shown, real, "{place}"),
    }
}

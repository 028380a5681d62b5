//! The block helpers, without the silence of the built-in ones.
//!
//! In handlebars 6.4 `{{#if typo}}`, `{{#unless typo}}`, `{{#with typo}}` and `{{#each typo}}` with
//! an `{{else}}` pass silently, strict mode or not. These here say the path that is not there.

use handlebars::{
    BlockContext, BlockParamHolder, Context, Handlebars, Helper, HelperDef, HelperResult, JsonTruthy, Output,
    PathAndJson, RenderContext, RenderError, RenderErrorReason, Renderable,
};
use serde_json::Value;

pub(super) fn register(registry: &mut Handlebars<'static>) {
    registry.register_helper("if", Box::new(If { positive: true }));
    registry.register_helper("unless", Box::new(If { positive: false }));
    registry.register_helper("each", Box::new(Each));
    registry.register_helper("with", Box::new(With));
}

/// The error of every parameter that is not in the data.
pub(super) fn present(h: &Helper<'_>) -> Result<(), RenderError> {
    let mut given = h.params().iter().chain(h.hash().values());
    match given.find(|value| value.is_value_missing()) {
        Some(missing) => Err(refused(h, missing.relative_path().map_or("a parameter", String::as_str))),
        None => Ok(()),
    }
}

fn refused(h: &Helper<'_>, path: &str) -> RenderError {
    RenderErrorReason::Other(format!("`{path}`, given to `{}`, is not there", h.name())).into()
}

fn only_param<'a, 'rc>(h: &'a Helper<'rc>) -> Result<&'a PathAndJson<'rc>, RenderError> {
    present(h)?;
    match h.params().as_slice() {
        [only] => Ok(only),
        params => {
            Err(RenderErrorReason::Other(format!("`{}` takes one parameter, not {}", h.name(), params.len())).into())
        }
    }
}

struct If {
    positive: bool,
}

impl HelperDef for If {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let holds = only_param(h)?.value().is_truthy(false) == self.positive;
        match if holds { h.template() } else { h.inverse() } {
            Some(block) => block.render(r, ctx, rc, out),
            None => Ok(()),
        }
    }
}

struct With;

impl HelperDef for With {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let param = only_param(h)?;
        if !param.value().is_truthy(false) {
            return h.inverse().map_or(Ok(()), |block| block.render(r, ctx, rc, out));
        }
        let mut block = scope(param.context_path().cloned(), param.value());
        if let Some(name) = h.block_param() {
            block.set_block_param(name, own_value(param.context_path(), param.value()));
        }
        rendered(h, r, ctx, rc, out, block)
    }
}

struct Each;

impl HelperDef for Each {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let param = only_param(h)?;
        let entries: Vec<(Value, String, &Value)> = match param.value() {
            Value::Array(list) => {
                list.iter().enumerate().map(|(n, value)| (Value::from(n), n.to_string(), value)).collect()
            }
            Value::Object(map) => {
                map.iter().map(|(key, value)| (Value::from(key.as_str()), key.clone(), value)).collect()
            }
            Value::Null => Vec::new(),
            _ => return Err(refused(h, "a list")),
        };
        if entries.is_empty() {
            return h.inverse().map_or(Ok(()), |block| block.render(r, ctx, rc, out));
        }
        let last = entries.len() - 1;
        for (n, (key, segment, value)) in entries.into_iter().enumerate() {
            let path = param.context_path().map(|path| [path.as_slice(), &[segment]].concat());
            let mut block = scope(path.clone(), value);
            block.set_local_var("first", Value::from(n == 0));
            block.set_local_var("last", Value::from(n == last));
            block.set_local_var("index", Value::from(n));
            block.set_local_var("key", key.clone());
            if let Some(name) = h.block_param() {
                block.set_block_param(name, own_value(path.as_ref(), value));
            } else if let Some((name, key_name)) = h.block_param_pair() {
                block.set_block_param(name, own_value(path.as_ref(), value));
                block.set_block_param(key_name, BlockParamHolder::value(key));
            }
            rendered(h, r, ctx, rc, out, block)?;
        }
        Ok(())
    }
}

/// A scope whose `this` is a value: by its path, or by itself when it stands nowhere in the data.
fn scope<'rc>(path: Option<Vec<String>>, value: &Value) -> BlockContext<'rc> {
    let mut block = BlockContext::new();
    match path {
        Some(path) => *block.base_path_mut() = path,
        None => block.set_base_value(value.clone()),
    }
    block
}

/// The block parameter that names the scope's own value.
fn own_value(path: Option<&Vec<String>>, value: &Value) -> BlockParamHolder {
    match path {
        // Relative to the scope's path.
        Some(_) => BlockParamHolder::path(Vec::new()),
        None => BlockParamHolder::value(value.clone()),
    }
}

fn rendered<'reg: 'rc, 'rc>(
    h: &Helper<'rc>,
    r: &'reg Handlebars<'reg>,
    ctx: &'rc Context,
    rc: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
    block: BlockContext<'rc>,
) -> HelperResult {
    let Some(template) = h.template() else { return Ok(()) };
    rc.push_block(block);
    let result = template.render(r, ctx, rc, out);
    rc.pop_block();
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rendered(template: &str) -> Result<String, String> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        register(&mut registry);
        registry.register_partial("wrapped", "[{{> @partial-block}}]").expect("a partial");
        let page = json!({ "yes": true, "no": false, "none": null, "empty": [], "one": { "name": "A" },
            "list": [{ "name": "A", "parts": [1, 2] }, { "name": "B", "parts": [3] }], "map": { "k": "v" } });
        registry.render_template(template, &json!({ "page": page })).map_err(|error| error.to_string())
    }

    fn refuses(template: &str) -> bool {
        rendered(template).is_err_and(|why| why.contains("typo"))
    }

    #[test]
    fn a_misspelt_path_is_an_error_in_every_block() {
        assert!(refuses("{{#if page.typo}}a{{/if}}"));
        assert!(refuses("{{#if page.typo}}a{{else}}b{{/if}}"));
        assert!(refuses("{{#if page.no}}a{{else if page.typo}}b{{/if}}"));
        assert!(refuses("{{#unless page.typo}}a{{/unless}}"));
        assert!(refuses("{{#each page.typo}}a{{else}}b{{/each}}"));
        assert!(refuses("{{#with page.typo}}a{{else}}b{{/with}}"));
        assert!(refuses("{{page.typo}}"));
        assert!(refuses("{{#> wrapped}}{{#each page.list}}{{#if typo}}a{{/if}}{{/each}}{{/wrapped}}"));
    }

    #[test]
    fn null_and_empty_take_the_else() {
        assert_eq!(rendered("{{#each page.none}}a{{else}}b{{/each}}").as_deref(), Ok("b"));
        assert_eq!(rendered("{{#each page.empty}}a{{else}}b{{/each}}").as_deref(), Ok("b"));
        assert_eq!(rendered("{{#each page.empty}}a{{/each}}").as_deref(), Ok(""));
        assert_eq!(rendered("{{#with page.none}}a{{else}}b{{/with}}").as_deref(), Ok("b"));
        assert_eq!(rendered("{{#if page.none}}a{{else}}b{{/if}}").as_deref(), Ok("b"));
        assert_eq!(rendered("{{#if page.no}}a{{else if page.yes}}b{{else}}c{{/if}}").as_deref(), Ok("b"));
        assert_eq!(rendered("{{#unless page.no}}a{{else}}b{{/unless}}").as_deref(), Ok("a"));
    }

    #[test]
    fn a_word_is_no_list() {
        assert!(rendered("{{#each page.one.name}}a{{/each}}").is_err());
    }

    #[test]
    fn block_parameters_and_positions_work_by_path_and_by_value() {
        let nested = "{{#each page.list as |row n|}}{{n}}{{row.name}}{{#unless @first}}!{{/unless}}\
                      {{#each row.parts as |part|}}({{../name}}{{part}}{{@index}}{{row.name}}){{/each}}{{/each}}";
        let expected = "0A(A10A)(A21A)1B!(B30B)";
        assert_eq!(rendered(nested).as_deref(), Ok(expected));
        let in_a_partial = format!("{{{{#> wrapped}}}}{nested}{{{{/wrapped}}}}");
        assert_eq!(rendered(&in_a_partial).as_deref(), Ok(format!("[{expected}]").as_str()));
        assert_eq!(
            rendered("{{#each page.map as |value key|}}{{key}}={{value}}{{@last}}{{/each}}").as_deref(),
            Ok("k=vtrue")
        );
        assert_eq!(rendered("{{#with page.one as |it|}}{{it.name}}{{name}}{{/with}}").as_deref(), Ok("AA"));
    }
}

//! The checks of single values: what validator makes of the attributes, what is written out of them, and what goes by
//! the tables find the same.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde::Deserialize;
use validator::Validate;

use crate::api::batch_create_members::{BatchCreateMembersOption, BatchCreateMembersRequestBody};
use crate::api::field::{Field, Text};
use crate::api::update_member::{UpdateMemberOption, UpdateMemberRequestBody};
use crate::api::update_pool::{
    UpdatePoolOption, UpdatePoolRequestBody, UpdatePoolSessionPersistenceOption, UpdatePoolSlowStartOption,
};
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::json::checks::{Checked, breaches};
use crate::json::model::Model;
use crate::json::{fill_faultless, may_have_placeholder, read};

fn agree<'a>(object: &(impl Validate + Checked<'a>)) {
    let mut written_out = Vec::new();
    object.breaches(&mut |name, breach| written_out.push((name, breach)));
    let mut by_tables = Vec::new();
    breaches(object, |name, breach| by_tables.push((name, breach)));
    assert_eq!(written_out, by_tables);

    let mut counts = BTreeMap::new();
    written_out.iter().for_each(|(name, _)| *counts.entry(*name).or_insert(0) += 1);
    let errors = object.validate().err().unwrap_or_default();
    let errors = errors.field_errors();
    let by_validator: BTreeMap<&str, usize> =
        errors.iter().map(|(name, errors)| (&**name, errors.len())).collect();
    assert_eq!(counts, by_validator);
}

/// What the module for the browser reads in one go is just what has nothing to tell of, and is not empty.
fn read_in_one_go<'de, T: Deserialize<'de> + Model<'de> + Checked<'de>>(text: &'de str) {
    let mut count = 0;
    let body = read::<T>(text).inspect(|body| breaches(body, |_, _| count += 1));
    let faultless = body.is_some() && count == 0 && !may_have_placeholder(text) && text != "{}";
    assert_eq!(fill_faultless(text, &mut T::blank()).is_ok(), faultless, "{text}");
}

fn text() -> impl Strategy<Value = Field<Text<'static>>> {
    let words = prop_oneof![
        "[a-z_.<> é-]{0,40}",
        "é{250,260}",
        "[a-z]{30,40}",
        "10\\.0\\.0\\.[0-9]{1,3}",
        "2001:db8::[0-9g]"
    ];
    field(words.prop_map(Text::from))
}

fn number() -> impl Strategy<Value = Field<i64>> {
    field(prop_oneof![-2_i64..=102, 28_i64..=32, 1198_i64..=1202, 1438_i64..=1442, 65_533_i64..=65_538])
}

fn field<T: Clone + std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Field<T>> {
    (of(value), 0..3).prop_map(|(value, absent)| match (value, absent) {
        (Some(value), _) => Field::Set(value),
        (None, 0) => Field::Null,
        (None, 1) => Field::Unknown,
        (None, _) => Field::Absent,
    })
}

proptest! {
    #[test]
    fn reading_in_one_go_refuses_faults(
        name in text(),
        address in text(),
        weight in number(),
        members in prop::sample::subsequence(vec!["name", "address", "weight", "protocol_port", "other"], 0..5),
    ) {
        let value = |member: &&str| {
            let value = match *member {
                "name" => serde_json::to_value(&name),
                "address" => serde_json::to_value(&address),
                _ => serde_json::to_value(weight),
            };
            ((*member).to_owned(), value.unwrap())
        };
        let object: serde_json::Map<_, _> = members.iter().map(value).collect();
        let text = serde_json::to_string(&object).unwrap();
        read_in_one_go::<BatchCreateMembersOption<'_>>(&text);
        read_in_one_go::<UpdateMemberOption<'_>>(&text);
        read_in_one_go::<UpdatePoolOption<'_>>(&text);
        for members in ["null", "[]", "[null]"] {
            read_in_one_go::<BatchCreateMembersRequestBody<'_>>(&format!("{{\"members\":{members}}}"));
        }
        read_in_one_go::<UpdatePoolRequestBody<'_>>("{}");
    }

    #[test]
    fn all_ways_of_checking_find_the_same(
        texts in vec(text(), 3),
        numbers in vec(number(), 3),
        count in prop_oneof![Just(0_usize), 199_usize..=202],
    ) {
        let [one, other, third] = <[_; 3]>::try_from(texts).unwrap();
        let [low, high, port] = <[_; 3]>::try_from(numbers).unwrap();
        agree(&UpdatePoolOption {
            name: one.clone(),
            description: other.clone(),
            vpc_id: third.clone(),
            protection_reason: one.clone(),
            ..Default::default()
        });
        agree(&UpdatePoolSessionPersistenceOption {
            cookie_name: one.clone(),
            persistence_timeout: low,
            ..Default::default()
        });
        agree(&UpdatePoolSlowStartOption { duration: high, ..Default::default() });
        agree(&UpdateMemberOption {
            name: other.clone(),
            weight: low,
            protocol_port: port,
            ..Default::default()
        });
        agree(&BatchCreateMembersOption {
            name: one.clone(),
            address: other,
            weight: high,
            protocol_port: port,
            ..Default::default()
        });
        agree(&UpgradeLoadBalancerRequestBody { ipv6_vip_address: third, ..Default::default() });
        let members = vec![Field::Set(BatchCreateMembersOption { name: one, ..Default::default() }); count];
        agree(&BatchCreateMembersRequestBody { members: members.into() });
        agree(&UpdatePoolRequestBody::default());
        agree(&UpdateMemberRequestBody { member: Field::Null });
    }
}

//! The rules, a line each, by the subject that they are checked on.
//!
//! The lists are expanded to plain calls, so that the compiler sees every check of a subject at once: a rule whose
//! fields are absent costs a comparison. In a module for the browser size counts for more: there each check comes once.

use super::{
    Judging, Rule, admin_state, algorithm, batch, fields, flavors, head, ip_backend, ipv6, member_port,
    member_subnet, member_weight, persistence_timeout, pool_type, protection, slow_start, status,
    sticky_session, suppression, upgrade_action, zones,
};
use crate::api::batch_create_members::BatchCreateMembersOption;
use crate::api::context::{Entries, Subnet};
use crate::api::field::Field;
use crate::api::operation::Operation;
use crate::api::update_member::UpdateMemberOption;
use crate::api::update_pool::{
    UpdatePoolOption, UpdatePoolSessionPersistenceOption, UpdatePoolSlowStartOption,
};
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::api::values::{LoadBalancerType, ProvisioningStatus};
use crate::target::{Fact, Values};
#[cfg(target_family = "wasm")]
use crate::target::{Fault, Target};

/// Lists the rules of a subject, and makes the function that tries each of them on it.
macro_rules! subject {
    (
        $(#[doc = $doc:literal])*
        $list:ident $name:ident $arguments:tt $run:ident {
            $($module:ident::$rule:ident $check:ident,)*
        }
    ) => {
        const $list: &[&Rule] = &[$(&$module::$rule),*];

        #[cfg(not(target_family = "wasm"))]
        subject! { @calls $(#[doc = $doc])* $name $arguments { $($run $module $rule $check $arguments)* } }
        #[cfg(target_family = "wasm")]
        subject! { @table $(#[doc = $doc])* $name $arguments $run { $($module $rule $check)* } }
    };
    (@calls $(#[doc = $doc:literal])* $name:ident ($($argument:ident: $type:ty),*) {
        $($run:ident $module:ident $rule:ident $check:ident $arguments:tt)*
    }) => {
        $(#[doc = $doc])*
        #[inline]
        pub(crate) fn $name(judge: &mut impl Judging, $($argument: $type),*) {
            $(subject! { @$run judge $module $rule $check $arguments })*
        }
    };
    (@run $judge:ident $module:ident $rule:ident $check:ident ($($argument:ident: $type:ty),*)) => {
        $judge.run(
            &$module::$rule,
            |target| $module::$check($($argument,)* target),
            &|target| $module::$check($($argument,)* target),
        );
    };
    (@run_all $judge:ident $module:ident $rule:ident $check:ident ($($argument:ident: $type:ty),*)) => {
        $judge.run_all(&$module::$rule, |target, report| $module::$check($($argument,)* target, report));
    };
    (@table $(#[doc = $doc:literal])* $name:ident ($($argument:ident: $type:ty),*) run {
        $($module:ident $rule:ident $check:ident)*
    }) => {
        $(#[doc = $doc])*
        pub(crate) fn $name(judge: &mut impl Judging, $($argument: $type),*) {
            const CHECKS: &[(&Rule, fn($($type,)* &Target<'_>) -> Option<Fault>)] =
                &[$((&$module::$rule, $module::$check)),*];
            for (rule, check) in CHECKS {
                judge.run(rule, |target| check($($argument,)* target), &|target| check($($argument,)* target));
            }
        }
    };
    (@table $(#[doc = $doc:literal])* $name:ident ($($argument:ident: $type:ty),*) run_all {
        $($module:ident $rule:ident $check:ident)*
    }) => {
        $(#[doc = $doc])*
        pub(crate) fn $name(judge: &mut impl Judging, $($argument: $type),*) {
            const CHECKS: &[(&Rule, fn($($type,)* &Target<'_>, &mut dyn FnMut(Fault)))] =
                &[$((&$module::$rule, $module::$check)),*];
            for (rule, check) in CHECKS {
                judge.run_all(rule, |target, report| check($($argument,)* target, report));
            }
        }
    };
}

/// The rules that have no subject of their own: of single values, of the head, and of the target alone.
const VALUES: &[&Rule] = &[
    &fields::SYNTAX,
    &fields::DUPLICATE_KEY,
    &fields::WRONG_TYPE,
    &fields::UNKNOWN_FIELD,
    &fields::NEWER_FIELD,
    &fields::REQUIRED,
    &fields::EMPTY_UPDATE,
    &fields::RANGE,
    &fields::LENGTH,
    &fields::ONE_OF,
    &fields::CHARSET,
    &fields::IP_ADDRESS,
    &fields::NO_TARGET_FITS,
    &fields::UNCOVERED_OPERATION,
    &fields::INVALID_CONTEXT,
    &head::EMPTY_PATH_PARAMETER,
    &head::UNFILLED_PATH_PARAMETER,
    &head::PROJECT_ID,
    &head::ODD_PROJECT_ID,
    &head::CONTEXT_OF_ANOTHER_RESOURCE,
    &head::WITHOUT_TOKEN,
    &head::LITERAL_CREDENTIAL,
    &suppression::UNUSED_SUPPRESSION,
    &suppression::SUPPRESSION_OF_UNKNOWN_RULE,
    &suppression::SUPPRESSION_WITHOUT_REASON,
    &suppression::EXPIRED_SUPPRESSION,
    &status::UPGRADE_OF_DEDICATED,
    &status::LOAD_BALANCER_NOT_ACTIVE,
];

/// What an operation demands of its target, whatever the request says.
pub(crate) struct Standing {
    pub(crate) rule: &'static Rule,
    pub(crate) operation: Operation,
    pub(crate) fact: Fact,
    pub(crate) permitted: Values,
}

/// The standing demands of all operations.
pub(crate) const STANDING: &[Standing] = &[
    Standing {
        rule: &status::UPGRADE_OF_DEDICATED,
        operation: Operation::UpgradeLoadBalancer,
        fact: Fact::LoadBalancerType,
        permitted: Values::only(LoadBalancerType::Shared as u8),
    },
    Standing {
        rule: &status::LOAD_BALANCER_NOT_ACTIVE,
        operation: Operation::UpdatePool,
        fact: Fact::ProvisioningStatus,
        permitted: Values::only(ProvisioningStatus::Active as u8),
    },
    Standing {
        rule: &status::LOAD_BALANCER_NOT_ACTIVE,
        operation: Operation::UpdateMember,
        fact: Fact::ProvisioningStatus,
        permitted: Values::only(ProvisioningStatus::Active as u8),
    },
];

subject! {
    /// The body of an upgrade.
    UPGRADE upgrade(body: &UpgradeLoadBalancerRequestBody<'_>) run {
        status::UPGRADE_IN_WRONG_STATUS upgrade_in_wrong_status,
        upgrade_action::START_WITHOUT_ZONES start_without_zones,
        upgrade_action::COMPLETE_CANNOT_BE_UNDONE complete_cannot_be_undone,
        flavors::START_WITHOUT_FLAVOR start_without_flavor,
        flavors::LAYER_4_WITHOUT_FLAVOR layer_4_without_flavor,
        flavors::LAYER_7_WITHOUT_FLAVOR layer_7_without_flavor,
        ipv6::IPV6_ADDRESS_WITHOUT_SUBNET ipv6_address_without_subnet,
    }
}

subject! {
    /// The body of an upgrade, by rules that read no fact.
    UPGRADE_PARTS upgrade_parts(body: &UpgradeLoadBalancerRequestBody<'_>) run_all {
        upgrade_action::START_ONLY_FIELD start_only_field,
        upgrade_action::IPV6_WITHOUT_START ipv6_without_start,
        flavors::FLAVOR_OF_WRONG_LAYER flavor_of_wrong_layer,
        flavors::UNKNOWN_FLAVOR unknown_flavor,
        zones::ZONES_OF_DIFFERENT_SETS zones_of_different_sets,
        zones::UNKNOWN_ZONE unknown_zone,
        ipv6::IPV6_ADDRESS_OUTSIDE_SUBNET ipv6_address_outside_subnet,
        ipv6::SUBNET_WITHOUT_IPV6 subnet_without_ipv6,
        ipv6::SUBNET_IN_ANOTHER_VPC subnet_in_another_vpc,
        ipv6::NEUTRON_SUBNET_ID neutron_subnet_id,
    }
}

subject! {
    /// An update of a group that has an administrative status.
    ADMIN_STATE admin_state(pool: &UpdatePoolOption<'_>) run {
        admin_state::ADMIN_STATE_DOWN admin_state_down,
        admin_state::POOL_ADMIN_STATE pool_admin_state,
    }
}

subject! {
    /// An update of a group that has an algorithm.
    ALGORITHM algorithm(pool: &UpdatePoolOption<'_>) run {
        algorithm::QUIC_CID_OUTSIDE_QUIC quic_cid_outside_quic,
        algorithm::TUPLE_HASH_OUTSIDE_IP tuple_hash_outside_ip,
    }
}

subject! {
    /// An update of a group that has a sticky session or a slow start.
    STICKINESS stickiness(pool: &UpdatePoolOption<'_>) run {
        sticky_session::QUIC_WITHOUT_SOURCE_IP quic_without_source_ip,
        slow_start::SLOW_START_WITH_STICKY_SESSION slow_start_with_sticky_session,
    }
}

subject! {
    /// An update of a group that has a type or a VPC.
    POOL_TYPE pool_type(pool: &UpdatePoolOption<'_>) run {
        pool_type::VPC_ALREADY_SET vpc_already_set,
        pool_type::TYPE_ALREADY_SET type_already_set,
        pool_type::INSTANCE_WITHOUT_VPC instance_without_vpc,
        pool_type::IP_WITH_VPC ip_with_vpc,
        pool_type::IP_WITH_EMPTY_VPC ip_with_empty_vpc,
        pool_type::TYPE_IP_ON_PROTOCOL_IP type_ip_on_protocol_ip,
    }
}

subject! {
    /// An update of a group that has a reason for its protection.
    PROTECTION protection(pool: &UpdatePoolOption<'_>) run {
        protection::REASON_WITHOUT_PROTECTION reason_without_protection,
    }
}

subject! {
    /// The sticky session of an update, where it has one.
    SESSION session(session: &UpdatePoolSessionPersistenceOption<'_>) run {
        sticky_session::COOKIE_ON_LAYER_4 cookie_on_layer_4,
        sticky_session::SOURCE_IP_ON_DEDICATED_HTTP source_ip_on_dedicated_http,
        sticky_session::SOURCE_IP_ON_SHARED_HTTP source_ip_on_shared_http,
        sticky_session::APP_COOKIE_ON_DEDICATED app_cookie_on_dedicated,
        sticky_session::COOKIE_NAME_WITHOUT_APP_COOKIE cookie_name_without_app_cookie,
        sticky_session::COOKIE_NAME_ON_SHARED cookie_name_on_shared,
        sticky_session::APP_COOKIE_WITHOUT_NAME app_cookie_without_name,
        persistence_timeout::PERSISTENCE_TIMEOUT_ON_LAYER_4 persistence_timeout_on_layer_4,
        persistence_timeout::PERSISTENCE_TIMEOUT_WITHOUT_EFFECT persistence_timeout_without_effect,
        sticky_session::STICKY_SESSION_WITHOUT_TYPE sticky_session_without_type,
        sticky_session::STICKY_SESSION_ON_IP sticky_session_on_ip,
    }
}

subject! {
    /// The slow start of an update, where it has one.
    SLOW_START slow_start(slow_start: &UpdatePoolSlowStartOption) run {
        slow_start::SLOW_START_ON_LAYER_4 slow_start_on_layer_4,
        slow_start::SLOW_START_ON_GRPC slow_start_on_grpc,
        slow_start::SLOW_START_WITHOUT_ENABLE slow_start_without_enable,
    }
}

subject! {
    /// The backend server of an update.
    MEMBER member(member: &UpdateMemberOption<'_>) run {
        admin_state::MEMBER_ADMIN_STATE member_admin_state,
        member_weight::WEIGHT_WITHOUT_EFFECT weight_without_effect,
        member_weight::WEIGHT_UNDER_QUIC_CID weight_under_quic_cid,
        member_port::PORT_UNDER_ANY_PORT port_under_any_port,
    }
}

subject! {
    /// The weight of a server of a batch, where it has one, with the server's index.
    NEW_WEIGHT new_weight(index: usize) run {
        member_weight::WEIGHT_WITHOUT_EFFECT new_weight_without_effect,
        member_weight::WEIGHT_UNDER_QUIC_CID new_weight_under_quic_cid,
    }
}

subject! {
    /// One server of a batch, with its index.
    NEW_MEMBER new_member(member: &BatchCreateMembersOption<'_>, index: usize) run {
        member_port::MEMBER_WITHOUT_PORT member_without_port,
        member_port::PORT_WITHOUT_EFFECT port_without_effect,
        member_port::PORT_ZERO_OUTSIDE_IP port_zero_outside_ip,
    }
}

subject! {
    /// One server of a batch that is added by its address alone, with its index.
    IP_BACKEND ip_backend(member: &BatchCreateMembersOption<'_>, index: usize) run {
        ip_backend::IP_BACKEND_NOT_ENABLED ip_backend_not_enabled,
        ip_backend::IP_BACKEND_PROTOCOL ip_backend_protocol,
        ip_backend::IP_BACKEND_ON_NEWER_PROTOCOL ip_backend_on_newer_protocol,
        ip_backend::IPV6_WITHOUT_SUBNET ipv6_without_subnet,
        ip_backend::PUBLIC_IP_BACKEND public_ip_backend,
        ip_backend::AFFINITY_WITHOUT_ZONE affinity_without_zone,
        ip_backend::EMPTY_SUBNET empty_subnet,
    }
}

subject! {
    /// One server of a batch and its subnet, where that is known, with its index.
    KNOWN_SUBNET known_subnet(member: &BatchCreateMembersOption<'_>, subnet: &Entries<'_, Subnet>, index: usize) run {
        member_subnet::ADDRESS_OUTSIDE_SUBNET address_outside_subnet,
        member_subnet::MEMBER_IN_ANOTHER_VPC member_in_another_vpc,
        member_subnet::SUBNET_ID_OF_OTHER_VERSION subnet_id_of_other_version,
    }
}

subject! {
    /// One server of a batch that has a subnet, with its index.
    IN_SUBNET in_subnet(member: &BatchCreateMembersOption<'_>, index: usize) run {
        ip_backend::ZONE_WITH_SUBNET zone_with_subnet,
        member_subnet::SUBNET_IN_IP_POOL subnet_in_ip_pool,
    }
}

subject! {
    /// All servers of a batch, by rules that read no fact.
    NEW_MEMBERS new_members(members: &[Field<BatchCreateMembersOption<'_>>]) run_all {
        status::BATCH_WHILE_NOT_ACTIVE batch_while_not_active,
        batch::SAME_MEMBER_TWICE same_member_twice,
        batch::ALL_WEIGHTS_ZERO all_weights_zero,
        batch::EMPTY_BATCH empty_batch,
        batch::MEMBER_EXISTS member_exists,
    }
}

/// The rules of all subjects.
const SUBJECTS: &[&[&Rule]] = &[
    VALUES,
    UPGRADE,
    UPGRADE_PARTS,
    ADMIN_STATE,
    ALGORITHM,
    STICKINESS,
    POOL_TYPE,
    PROTECTION,
    SESSION,
    SLOW_START,
    MEMBER,
    NEW_WEIGHT,
    NEW_MEMBER,
    IP_BACKEND,
    KNOWN_SUBNET,
    IN_SUBNET,
    NEW_MEMBERS,
];

/// Every rule.
pub static RULES: &[&Rule] = {
    const ALL: ([&Rule; MOST], usize) = each_once();
    ALL.0.split_at(ALL.1).0
};

/// How many rules there may be.
const MOST: usize = {
    let mut count = 0;
    let mut subjects = SUBJECTS;
    while let [list, others @ ..] = subjects {
        count += list.len();
        subjects = others;
    }
    count
};

/// The rules of all subjects, and how many they are: some judge several.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn each_once() -> ([&'static Rule; MOST], usize) {
    let mut rules = [&fields::SYNTAX; MOST];
    let mut count = 0;
    let mut subjects = SUBJECTS;
    while let [list, others @ ..] = subjects {
        let mut left = *list;
        while let [rule, rest @ ..] = left {
            if !has(&rules, count, rule) {
                rules[count] = rule;
                count += 1;
            }
            left = rest;
        }
        subjects = others;
    }
    (rules, count)
}

/// Whether one of the first so many rules has this rule's name.
const fn has(rules: &[&Rule], count: usize, rule: &Rule) -> bool {
    match rules {
        [known, others @ ..] if count > 0 => {
            is_same(known.name.as_bytes(), rule.name.as_bytes()) || has(others, count - 1, rule)
        }
        _ => false,
    }
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([first, one @ ..], [other_first, other @ ..]) => *first == *other_first && is_same(one, other),
        _ => false,
    }
}

/// The rule of this name.
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

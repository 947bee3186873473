//! The rules, a line each, and the plan that sorts them by subject.

use std::sync::OnceLock;

use super::{
    Check, Rule, admin_state, algorithm, batch, fields, flavors, head, ip_backend, ipv6, member_port,
    member_subnet, member_weight, pool_type, protection, slow_start, status, sticky_session, upgrade_action,
    zones,
};

/// Every rule, by subject.
pub static RULES: &[&Rule] = &[
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
    &status::LOAD_BALANCER_NOT_ACTIVE,
    &status::BATCH_WHILE_NOT_ACTIVE,
    &status::UPGRADE_OF_DEDICATED,
    &status::UPGRADE_IN_WRONG_STATUS,
    &upgrade_action::START_WITHOUT_ZONES,
    &upgrade_action::START_ONLY_FIELD,
    &upgrade_action::IPV6_WITHOUT_START,
    &upgrade_action::COMPLETE_CANNOT_BE_UNDONE,
    &flavors::START_WITHOUT_FLAVOR,
    &flavors::LAYER_4_WITHOUT_FLAVOR,
    &flavors::LAYER_7_WITHOUT_FLAVOR,
    &flavors::FLAVOR_OF_WRONG_LAYER,
    &flavors::UNKNOWN_FLAVOR,
    &zones::ZONES_OF_DIFFERENT_SETS,
    &zones::UNKNOWN_ZONE,
    &ipv6::IPV6_ADDRESS_WITHOUT_SUBNET,
    &ipv6::IPV6_ADDRESS_OUTSIDE_SUBNET,
    &ipv6::SUBNET_WITHOUT_IPV6,
    &ipv6::SUBNET_IN_ANOTHER_VPC,
    &ipv6::NEUTRON_SUBNET_ID,
    &admin_state::ADMIN_STATE_DOWN,
    &admin_state::POOL_ADMIN_STATE,
    &admin_state::MEMBER_ADMIN_STATE,
    &algorithm::QUIC_CID_OUTSIDE_QUIC,
    &algorithm::TUPLE_HASH_OUTSIDE_IP,
    &sticky_session::QUIC_WITHOUT_SOURCE_IP,
    &sticky_session::COOKIE_ON_LAYER_4,
    &sticky_session::SOURCE_IP_ON_DEDICATED_HTTP,
    &sticky_session::SOURCE_IP_ON_SHARED_HTTP,
    &sticky_session::APP_COOKIE_ON_DEDICATED,
    &sticky_session::COOKIE_NAME_WITHOUT_APP_COOKIE,
    &sticky_session::COOKIE_NAME_ON_SHARED,
    &sticky_session::APP_COOKIE_WITHOUT_NAME,
    &sticky_session::PERSISTENCE_TIMEOUT_ON_LAYER_4,
    &sticky_session::PERSISTENCE_TIMEOUT_WITHOUT_EFFECT,
    &sticky_session::STICKY_SESSION_WITHOUT_TYPE,
    &sticky_session::STICKY_SESSION_ON_IP,
    &slow_start::SLOW_START_ON_LAYER_4,
    &slow_start::SLOW_START_ON_GRPC,
    &slow_start::SLOW_START_WITHOUT_ENABLE,
    &slow_start::SLOW_START_WITH_STICKY_SESSION,
    &pool_type::VPC_ALREADY_SET,
    &pool_type::TYPE_ALREADY_SET,
    &pool_type::INSTANCE_WITHOUT_VPC,
    &pool_type::IP_WITH_VPC,
    &pool_type::TYPE_IP_ON_PROTOCOL_IP,
    &protection::REASON_WITHOUT_PROTECTION,
    &member_weight::WEIGHT_WITHOUT_EFFECT,
    &member_weight::WEIGHT_UNDER_QUIC_CID,
    &member_port::PORT_UNDER_ANY_PORT,
    &member_port::MEMBER_WITHOUT_PORT,
    &member_port::PORT_WITHOUT_EFFECT,
    &member_port::PORT_ZERO_OUTSIDE_IP,
    &ip_backend::IP_BACKEND_NOT_ENABLED,
    &ip_backend::IP_BACKEND_PROTOCOL,
    &ip_backend::IP_BACKEND_ON_NEWER_PROTOCOL,
    &ip_backend::IPV6_WITHOUT_SUBNET,
    &ip_backend::PUBLIC_IP_BACKEND,
    &ip_backend::ZONE_WITH_SUBNET,
    &ip_backend::AFFINITY_WITHOUT_ZONE,
    &ip_backend::EMPTY_SUBNET,
    &member_subnet::ADDRESS_OUTSIDE_SUBNET,
    &member_subnet::MEMBER_IN_ANOTHER_VPC,
    &member_subnet::SUBNET_ID_OF_OTHER_VERSION,
    &batch::SAME_MEMBER_TWICE,
    &batch::ALL_WEIGHTS_ZERO,
    &batch::EMPTY_BATCH,
    &batch::MEMBER_EXISTS,
    &batch::SUBNET_IN_IP_POOL,
];

/// The rule of this name.
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

macro_rules! plan {
    ($($kind:ident $list:ident ($($argument:ty),*) $(-> $answer:ty)?;)*) => {
        /// The checks of all rules, sorted by the subject they are checked on.
        #[derive(Default)]
        pub(crate) struct Plan {
            pub(crate) standing: Vec<(&'static Rule, crate::api::Operation, crate::target::Fact, crate::target::Values)>,
            $(pub(crate) $list: Vec<(&'static Rule, fn($($argument),*) $(-> $answer)?)>,)*
        }

        impl Plan {
            fn add(&mut self, rule: &'static Rule, check: Check) {
                match check {
                    Check::Standing(operation, fact, values) => self.standing.push((rule, operation, fact, values)),
                    $(Check::$kind(check) => self.$list.push((rule, check)),)*
                }
            }
        }
    };
}

use crate::api::field::Field;
use crate::api::update_member::UpdateMemberOption;
use crate::api::update_pool::UpdatePoolOption;
use crate::target::{Fault, Target};

plan! {
    Upgrade upgrade (&super::Body<'_>, &Target<'_>) -> Option<Fault>;
    UpgradeAll upgrade_all (&super::Body<'_>, &Target<'_>, &mut dyn FnMut(Fault));
    Pool pool (&UpdatePoolOption<'_>, &Target<'_>) -> Option<Fault>;
    Member member (&UpdateMemberOption<'_>, &Target<'_>) -> Option<Fault>;
    NewMember new_member (&super::NewMember<'_>, usize, &Target<'_>) -> Option<Fault>;
    NewMembers new_members (&[Field<super::NewMember<'_>>], &Target<'_>, &mut dyn FnMut(Fault));
}

/// The plan of all rules; sorted once.
pub(crate) fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let mut plan = Plan::default();
        for rule in RULES {
            for check in rule.checks {
                plan.add(rule, *check);
            }
        }
        plan
    })
}

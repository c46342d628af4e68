using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>Machine accounts and tenants.</summary>
internal static class AccountSchemas
{
    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        AddAccounts(schemas);
        AddTenants(schemas);
    }

    private static void AddAccounts(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["MachineAccountInput"] = Schema.Object(
            "A machine account to make or to change; a change may leave members out.",
            ("name", Schema.Text("1 to 100 characters, for people.", "splunk")),
            ("role", AccessCalls.Role()),
            ("tenant_id", Schema.Text("The only tenant that it is good for, for ever. Absent: the caller's; with an instance key, the instance.").OrNull()),
            ("allowed_networks", AccessCalls.Networks()));
        schemas["MachineAccount"] = Schema.Object(
            "Somebody that is no person.",
            ("id", Schema.Text("", "acc_3kTm90aXb2QeLw1c")),
            ("name", Schema.Text("")),
            ("role", AccessCalls.Role()),
            ("tenant_id", Schema.Text("Null: good for the whole instance.").OrNull()),
            ("allowed_networks", AccessCalls.Networks()),
            ("created_at", Schema.Time(""))).Requires("id", "name", "role", "tenant_id", "allowed_networks", "created_at");
        schemas["MachineAccounts"] = Schema.Object("", ("accounts", Schema.List("", Schema.Ref("MachineAccount"))), ("next_page_token", Schema.Text("Always null: all are there.").OrNull())).Requires("accounts", "next_page_token");
        schemas["MachineAccountWithKeys"] = Schema.Object("", ("account", Schema.Ref("MachineAccount")), ("keys", Schema.List("", Schema.Ref("AccessKey")))).Requires("account", "keys");
    }

    private static void AddTenants(IDictionary<string, IOpenApiSchema> schemas)
    {
        (string Name, IOpenApiSchema Schema)[] said =
        [
            ("name", Schema.Text("For people.").OrNull()),
            ("parent", Schema.Text("The tenant it belongs to: destinations of that one with `include_children` get its events.").OrNull()),
            ("test", Schema.Flag("It holds no real events: keys made for it are test keys, `slc_test_…`, and good while this is true.")),
            ("entitlements", Schema.Object("What it may use; all by default.", ("streaming", Schema.Flag("New destinations.")), ("exports", Schema.Flag("The export.")))),
            ("rate_limit", Schema.Object(
                "How much all its keys together may ask for in a minute; null: what the settings say.",
                ("requests_per_minute", Schema.Whole("", 1).OrNull()),
                ("events_per_minute", Schema.Whole("", 1).OrNull()))),
        ];
        schemas["TenantInput"] = Schema.Object("Members left out stay; null clears.", said);
        schemas["Tenant"] = Schema.Object("What goes for a tenant.", [("id", Schema.Text("", "acme")), .. said]).Requires(["id", .. said.Select(member => member.Name)]);
        schemas["Tenants"] = Schema.Object("", ("tenants", Schema.List("", Schema.Ref("Tenant"))), ("next_page_token", Schema.Text("Always null: all are there.").OrNull())).Requires("tenants", "next_page_token");
    }
}

import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { organizationProfileSchema } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { FindOrganizationProfile } from './find-organization-profile.js';
import { OrganizationProfileRepository } from './organization-profile.repository.js';
import { OrganizationsConsumer } from './organizations.consumer.js';

export { FindOrganizationProfile } from './find-organization-profile.js';

/** Routing's copy of each organization's calling policy. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'OrganizationProfile', schema: organizationProfileSchema }])],
  controllers: [OrganizationsConsumer],
  providers: [OrganizationProfileRepository, FindOrganizationProfile],
  exports: [FindOrganizationProfile],
})
export class OrganizationsModule {}
